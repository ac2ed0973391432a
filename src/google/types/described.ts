/** A type of event: its data, and the names of the extension attributes that Eventarc adds. */
export interface Described<Data, Attribute extends string = never> {
  data: Data;
  attributes: Attribute;
}
