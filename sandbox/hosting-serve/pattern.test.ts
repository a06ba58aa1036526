import { matchPattern } from "./pattern";

const fits = (glob: string, path: string): boolean => matchPattern({ glob }, path) !== undefined;

test.each([
  ["**", ["/", "/a", "/a/b.html", "/.well-known/x"], []],
  ["/", ["/"], ["/a"]],
  ["/assets/**", ["/assets/a.js", "/assets/b/c.css", "/assets/"], ["/assets", "/other/assets/a.js"]],
  ["**/*.js", ["/a.js", "/x/y/a.js"], ["/a.jsx", "/a.js/b"]],
  ["/*.js", ["/a.js"], ["/x/a.js"]],
  ["*.js", ["/a.js"], ["/x/a.js"]],
  ["/blog/*", ["/blog/a"], ["/blog/", "/blog/a/b"]],
  ["/a/**/z", ["/a/z", "/a/b/z", "/a/b/c/z"], ["/a/bz"]],
  ["**/*.@(jpg|jpeg|png)", ["/a.jpg", "/x/a.png"], ["/a.gif"]],
  ["/{blog,news}/**", ["/blog/a", "/news/b"], ["/shop/a"]],
  ["!/api/**", ["/shop/a", "/"], ["/api/a"]],
  ["/!(api|health)/**", ["/shop/a", "/apis/a"], ["/api/a", "/health/a"]],
  ["/foo?(.html)", ["/foo", "/foo.html"], ["/foo.htm"]],
  ["/v[0-9]/x", ["/v1/x"], ["/vx/x"]],
  ["/a.b", ["/a.b"], ["/aXb"]],
  ["/h?t", ["/hat"], ["/h/t", "/ht"]],
])("glob %s", (glob, fitting, others) => {
  expect(fitting.filter((path) => !fits(glob, path))).toEqual([]);
  expect(others.filter((path) => fits(glob, path))).toEqual([]);
});

test("GIVEN parts to keep WHEN a path fits THEN they are known by name", () => {
  expect(matchPattern({ glob: "/blog/:post*" }, "/blog/2026/a")).toEqual({ post: "2026/a" });
  expect(matchPattern({ glob: "/blog/:post*" }, "/blog")).toEqual({});
  expect(matchPattern({ glob: "/users/:id/profile" }, "/users/7/profile")).toEqual({ id: "7" });
  expect(matchPattern({ glob: "/users/:id/profile" }, "/users/7/x/profile")).toBeUndefined();
});

test("GIVEN a regular expression of RE2 WHEN a path fits THEN its groups are known by number and name", () => {
  const regex = "/blog/(?P<year>\\d+)/(.+)";
  expect(matchPattern({ regex }, "/blog/2026/a")).toEqual({ "1": "2026", "2": "a", year: "2026" });
  expect(matchPattern({ regex }, "/news")).toBeUndefined();
  expect(matchPattern({ regex: "(" }, "/news")).toBeUndefined();
  expect(matchPattern({}, "/news")).toBeUndefined();
});
