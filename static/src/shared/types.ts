/** The shapes of the HTTP contract that both the runtime and the designer read. */

/** A visible text of a definition: one string for all languages, or one per language. */
export type Text = string | Partial<Record<"zh-Hans" | "en", string>>;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Problem {
  path: string;
  code: string;
  severity?: "error" | "warning";
  message: string;
  params?: Record<string, Json>;
}

export interface PersonRef {
  id: number;
  name: string;
  username?: string;
}

export interface DepartmentRef {
  id: number;
  key?: string;
  name: string;
}

export interface LinkRef {
  id: number;
  label: string;
}

export interface Person extends PersonRef {
  username: string;
  email?: string;
  language?: string;
  department?: DepartmentRef | null;
  superior?: PersonRef | null;
  system_roles: string[];
  must_change_password?: boolean;
  active?: boolean;
}

/** One value of a record as it travels in JSON. */
export type Value =
  | null
  | undefined
  | boolean
  | number
  | string
  | PersonRef
  | LinkRef
  | DepartmentRef
  | Value[]
  | { [key: string]: Value };

export interface ChoiceOption {
  value: string;
  label: string;
  color?: string;
}

/** A checked formula as a JSON tree; `shared` does not look inside. */
export type Tree = Json;

export interface FieldInfo {
  key: string;
  type: string;
  label: string;
  hint?: string | null;
  help?: string | null;
  widget: string;
  required: boolean;
  unique?: boolean;
  read_only?: boolean;
  right: "see" | "edit";
  options: Record<string, Json>;
  value_type: string;
  computed?: boolean;
  stored?: boolean;
  sortable?: boolean;
  filterable?: boolean;
  default?: Tree | null;
  formula?: Tree | null;
}

export type LayoutRow = string[];

export interface LayoutSection {
  section?: string;
  rows?: LayoutRow[];
  tabs?: { label: string; rows: LayoutRow[] }[];
}

export interface BehaviourRule {
  when: Tree;
  show?: string[];
  hide?: string[];
  require?: string[];
  read_only?: string[];
}

export interface CheckRule {
  that: Tree;
  message: string;
  at?: string | null;
}

export interface View {
  type: "table" | "kanban" | string;
  label: string;
  columns?: string[];
  where?: string;
  filter?: string;
  sort?: string[];
  by?: string;
  card?: string[];
}

export interface FormRights {
  create: boolean;
  see?: boolean;
  edit: boolean;
  delete: boolean;
  export: boolean;
  import: boolean;
}

export interface FormInfo {
  app: string;
  key: string;
  label: string;
  title: string;
  release: number;
  fields: FieldInfo[];
  layout?: LayoutSection[] | null;
  behaviour?: BehaviourRule[];
  checks?: CheckRule[];
  views: Record<string, View>;
  page?: {
    header?: string[];
    related?: { form: string; link: string; label?: string }[];
    timeline?: boolean;
  } | null;
  rights: FormRights;
  flows?: { key: string; label: string; start?: unknown }[];
  public_url?: string | null;
}

export interface FlowState {
  run: number;
  flow: string;
  label: string;
  state: string;
  waiting_for: PersonRef[];
  since: string | null;
}

export interface RecordData {
  id: number;
  version: number;
  release?: number;
  label?: string;
  created_at?: string;
  created_by?: PersonRef | null;
  updated_at?: string;
  updated_by?: PersonRef | null;
  flow_state?: FlowState | null;
  rights?: { edit: boolean; delete: boolean };
  [field: string]: Value | FlowState | undefined;
}

export interface Count {
  value: number;
  capped: boolean;
}

export interface RecordList {
  records: RecordData[];
  next: string | null;
  count?: Count;
}

export interface NavigationItem {
  type: "form" | "dashboard" | "report";
  key: string;
  label: string;
  icon?: string | null;
  view?: string | null;
}

export interface AppInfo {
  key: string;
  label: string;
  icon?: string | null;
  release: number;
  timezone: string;
  currency: string;
  language: string;
  navigation: { label: string; items: NavigationItem[] }[];
  forms: {
    key: string;
    label: string;
    icon?: string | null;
    views: { key: string; label: string; type: string }[];
    rights: FormRights;
  }[];
  dashboards: { key: string; label: string }[];
  reports: { key: string; label: string }[];
  flows: { key: string; label: string; form: string; start?: unknown }[];
  roles: string[];
  rights: { design: boolean; manage_members: boolean };
}
