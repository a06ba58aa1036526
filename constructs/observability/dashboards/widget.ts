/** What a chart, a table or a score asks. */
export type Query =
  | {
      /** PromQL. */
      readonly promQl: string;
      /** Name of the series; `{{label}}` stands for a label's value. */
      readonly legend?: string;
      /** @default "line" */
      readonly as?: "line" | "area" | "bars";
      /** Unit of the values as UCUM writes it: `ms`, `By`, `10^2.%`. @default - the metric's */
      readonly unit?: string;
    }
  | {
      /** Monitoring filter; for series that PromQL can't name, such as an objective's. */
      readonly filter: string;
      readonly legend?: string;
      /** @default "line" */
      readonly as?: "line" | "area" | "bars";
      /** `ALIGN_…` @default "ALIGN_MEAN" */
      readonly align?: string;
    };

/** A line across a chart. */
export interface Limit {
  readonly at: number;
  /** What is beyond it. */
  readonly label: string;
}

/** One picture on a dashboard. */
export type Widget =
  | {
      readonly kind: "chart";
      readonly title: string;
      readonly queries: readonly Query[];
      readonly limits?: readonly Limit[];
    }
  | {
      readonly kind: "score";
      readonly title: string;
      readonly query: Query;
      /** The score turns red above it. @default - it has no colour */
      readonly badAbove?: number;
    }
  | { readonly kind: "text"; readonly title: string; readonly markdown: string }
  | {
      readonly kind: "logs";
      readonly title: string;
      /** In Logging's query language. */
      readonly filter: string;
    };

/** A widget and its size. A row is 48 units wide. */
export interface Tile {
  readonly widget: Widget;
  /** Units of 48. @default 24 */
  readonly width?: 12 | 16 | 24 | 32 | 48;
  /** Units, 4 to 64. @default 16 */
  readonly height?: number;
}

/** A titled row of tiles, broken where it is full. */
export interface Section {
  /** @default - no title */
  readonly title?: string;
  readonly tiles: readonly Tile[];
}
