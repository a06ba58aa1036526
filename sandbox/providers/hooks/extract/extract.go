// Prints which functions a provider built on the plugin SDK v2 hangs on its resource types and attributes, as JSON:
// customise-diff, diff-suppress, state, set-hash and validate functions, with the values that closures captured.
// It is compiled into the provider's own module beside a one-line main function; README.md says how.

package main

import (
	"encoding/json"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"unsafe"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
)

// What a closure of this name, defined in a file of this path, captured: f function, F functions, s string, i int,
// l a list whose length alone matters, b bool, k a key with a function in either order.
var captures = []struct{ name, file, layout string }{
	{"All.func", "customdiff/", "F"}, {"Sequence.func", "customdiff/", "F"},
	{"ForceNewIfChange.func", "customdiff/", "k"}, {"ForceNewIf.func", "customdiff/", "k"},
	{"ComputedIf.func", "customdiff/", "k"}, {"ValidateChange.func", "customdiff/", "k"},
	{"If.func", "customdiff/", "ff"}, {"IfValueChange.func", "customdiff/", "s"},
	{"All.func", "validation/", "F"}, {"Any.func", "validation/", "F"},
	{"EmptyOrDefaultStringSuppress.func", "", "s"}, {"TimestampDiffSuppress.func", "", ""},
	{"checkValAndDefaultStringSuppress.func", "", "ss"},
	{"OptionalPrefixSuppress.func", "", "s"}, {"IgnoreMissingKeyInMap.func", "", "s"},
	{"OrEmpty.func", "", "f"}, {"ValidateRFC1035Name.func", "", "ii"}, {"IsCIDRNetwork.func", "", "ii"},
	{"StringInSlice.func", "", "lb"}, {"ValidateDuration.func", "", ""}, {"ValidateNonNegativeDuration.func", "", ""},
	{"ValidateProjectID.func", "", ""}, {"ValidateProjectName.func", "", ""}, {"validateHttpHeaders.func", "", ""},
	{"ValidateRFC1918Network.func", "", "ii"}, {"HashResource.func", "", ""},
	{"StringIsUppercase.func", "", ""}, {"InstanceSizeNameValidator.func", "", ""}, {"validateIntegrationType.func", "", ""},
	{"ValidateEnum.func", "", ""}, {"IntBetween.func", "", ""}, {"IntAtLeast.func", "", ""}, {"IntAtMost.func", "", ""},
	{"FloatBetween.func", "", ""}, {"FloatAtLeast.func", "", ""}, {"StringLenBetween.func", "", ""},
	{"ValidateRegexp.func", "", ""}, {"StringMatch.func", "", ""}, {"ValidateADDomainName.func", "", ""},
}

type function struct {
	Name string `json:"name"`
	// Set when Name is the maker of a closure and Args is what it captured.
	Made bool   `json:"made,omitempty"`
	Args []any  `json:"args,omitempty"`
	File string `json:"file"`
	Line int    `json:"line"`
}

func word(base unsafe.Pointer, index int) unsafe.Pointer {
	return *(*unsafe.Pointer)(unsafe.Add(base, index*8))
}

func text(base unsafe.Pointer, index int) string {
	return *(*string)(unsafe.Add(base, index*8))
}

func describe(closure unsafe.Pointer) *function {
	code := uintptr(word(closure, 0))
	info := runtime.FuncForPC(code)
	file, line := info.FileLine(code)
	name := info.Name()
	name = name[strings.LastIndex(name, "/")+1:]
	found := &function{Name: name, File: file, Line: line}
	for _, known := range captures {
		at := strings.LastIndex(name, "."+known.name)
		if at < 0 || !strings.Contains(file, known.file) {
			continue
		}
		if _, err := strconv.Atoi(name[at+1+len(known.name):]); err != nil {
			continue
		}
		found.Name = strings.TrimSuffix(known.name, ".func")
		found.Made = true
		found.Args = captured(closure, known.layout)
		break
	}
	return found
}

func captured(closure unsafe.Pointer, layout string) []any {
	args := []any{}
	at := 1
	for _, kind := range layout {
		switch kind {
		case 's':
			args = append(args, text(closure, at))
			at += 2
		case 'i':
			args = append(args, int(uintptr(word(closure, at))))
			at++
		case 'b':
			args = append(args, uintptr(word(closure, at))&1 == 1)
			at++
		case 'l':
			at += 3
		case 'f':
			args = append(args, describe(word(closure, at)))
			at++
		case 'F':
			list := word(closure, at)
			for index := 0; index < int(uintptr(word(closure, at+1))); index++ {
				args = append(args, describe(word(list, index)))
			}
			at += 3
		case 'k':
			if uintptr(word(closure, 2)) < 1000 {
				args = append(args, text(closure, 1), describe(word(closure, 3)))
			} else {
				args = append(args, text(closure, 2), describe(word(closure, 1)))
			}
		}
	}
	return args
}

func hook(value any) *function {
	given := reflect.ValueOf(value)
	if given.IsNil() {
		return nil
	}
	held := reflect.New(given.Type())
	held.Elem().Set(given)
	return describe(*(*unsafe.Pointer)(held.UnsafePointer()))
}

func hooksOf(s *schema.Schema) map[string]any {
	hooks := map[string]any{}
	for name, value := range map[string]any{
		"suppress": s.DiffSuppressFunc, "state": s.StateFunc, "set": s.Set,
		"validate": s.ValidateFunc, "validateDiag": s.ValidateDiagFunc,
	} {
		if found := hook(value); found != nil {
			hooks[name] = found
		}
	}
	return hooks
}

func walk(prefix string, fields map[string]*schema.Schema, into map[string]any) {
	for name, s := range fields {
		if hooks := hooksOf(s); len(hooks) > 0 {
			into[prefix+name] = hooks
		}
		switch element := s.Elem.(type) {
		case *schema.Resource:
			walk(prefix+name+".", element.SchemaMap(), into)
		case *schema.Schema:
			walk(prefix+name+".", map[string]*schema.Schema{"*": element}, into)
		}
	}
}

func extract(provider *schema.Provider) {
	types := map[string]any{}
	for name, resource := range provider.ResourcesMap {
		attributes := map[string]any{}
		walk("", resource.SchemaMap(), attributes)
		record := map[string]any{"attrs": attributes}
		if resource.CustomizeDiff != nil {
			record["diff"] = hook(resource.CustomizeDiff)
		}
		types[name] = record
	}
	json.NewEncoder(os.Stdout).Encode(types)
}
