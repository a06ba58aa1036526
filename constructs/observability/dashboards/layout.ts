import type { Json } from "./canonical-json";
import type { Limit, Query, Section, Tile, Widget } from "./widget";

const columns = 48;
const headerHeight = 4;

/** A dashboard as the API takes it: tiles side by side, row by row. */
export function dashboardOf(title: string, sections: readonly Section[]): Json {
  return {
    displayName: title,
    mosaicLayout: { columns, tiles: placed(sections) },
  };
}

function placed(sections: readonly Section[]): Json[] {
  const tiles: Json[] = [];
  let top = 0;
  for (const section of sections) {
    if (section.title !== undefined) {
      tiles.push({ yPos: top, width: columns, height: headerHeight, widget: header(section.title) });
      top += headerHeight;
    }
    top = placeRow(section.tiles, top, tiles);
  }
  return tiles;
}

/** Adds tiles from left to right; a tile that doesn't fit begins a new row. Answers where the next section begins. */
function placeRow(row: readonly Tile[], start: number, tiles: Json[]): number {
  let [left, top, tallest] = [0, start, 0];
  for (const { widget, width = 24, height = 16 } of row) {
    if (left + width > columns) {
      [left, top, tallest] = [0, top + tallest, 0];
    }
    tiles.push({ xPos: left, yPos: top, width, height, widget: widgetOf(widget) });
    left += width;
    tallest = Math.max(tallest, height);
  }
  return top + tallest;
}

function header(title: string): Json {
  return { title, sectionHeader: { dividerBelow: true } };
}

function widgetOf(widget: Widget): Json {
  const { title } = widget;
  switch (widget.kind) {
    case "chart":
      return {
        title,
        xyChart: {
          dataSets: widget.queries.map(dataSet),
          thresholds: (widget.limits ?? []).map(limitOf),
          yAxis: { scale: "LINEAR" },
        },
      };
    case "score":
      return {
        title,
        scorecard: {
          timeSeriesQuery: seriesOf(widget.query),
          sparkChartView: { sparkChartType: "SPARK_LINE" },
          thresholds:
            widget.badAbove === undefined
              ? []
              : [{ value: widget.badAbove, color: "RED", direction: "ABOVE" }],
        },
      };
    case "text":
      return { title, text: { content: widget.markdown, format: "MARKDOWN" } };
    case "logs":
      return { title, logsPanel: { filter: widget.filter } };
  }
}

const plots = { line: "LINE", area: "STACKED_AREA", bars: "STACKED_BAR" } as const;

function dataSet(query: Query): Json {
  return {
    timeSeriesQuery: seriesOf(query),
    legendTemplate: query.legend ?? "",
    plotType: plots[query.as ?? "line"],
    targetAxis: "Y1",
  };
}

function seriesOf(query: Query): Json {
  if ("promQl" in query) return { prometheusQuery: query.promQl, unitOverride: query.unit ?? "" };
  return {
    timeSeriesFilter: {
      filter: query.filter,
      aggregation: { alignmentPeriod: "60s", perSeriesAligner: query.align ?? "ALIGN_MEAN" },
    },
  };
}

function limitOf({ at, label }: Limit): Json {
  return { value: at, label, targetAxis: "Y1" };
}
