// Everything works without this file: totals are computed again when the section is saved.
import { budgets } from "./budget.js";
import { conditions } from "./conditions.js";
import { grids } from "./grid.js";
import { richTexts } from "./rich.js";

budgets(document);
conditions(document);
grids(document);
richTexts(document);
