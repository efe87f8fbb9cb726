package io.cordboard.adapters.odoo;

import io.cordboard.spi.crm.DescribeFields;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record, and where it stands in Odoo.
 *
 * @param name by which we know it
 * @param field Odoo's name of it
 * @param suits the field of ours that it usually goes with
 */
record Column(String name, String field, Form form, boolean readOnly, @Nullable String suits) {
  /** How it is kept there. */
  enum Form {
    TEXT(DescribeFields.Type.TEXT),
    HTML(DescribeFields.Type.TEXT),
    CHOICE(DescribeFields.Type.TEXT),
    FLAG(DescribeFields.Type.FLAG),
    NUMBER(DescribeFields.Type.NUMBER),
    TIME(DescribeFields.Type.TIME),
    DATE(DescribeFields.Type.DATE),
    /** The id of another record. */
    LINK(DescribeFields.Type.LINK),
    /** The name of another record. */
    NAMED(DescribeFields.Type.TEXT),
    /** The record's own id. */
    ID(DescribeFields.Type.TEXT),
    /** The customer to whom a note or an activity is pinned. */
    PINNED(DescribeFields.Type.LINK),
    /** Whether a partner is a person or a company. */
    KIND(DescribeFields.Type.TEXT),
    /** A partner's language. */
    LANGUAGE(DescribeFields.Type.TEXT),
    /** Names of a partner's tags, without that of its level. */
    TAGS(DescribeFields.Type.TEXTS),
    /** That tag of a partner's that tells its level. */
    LEVEL(DescribeFields.Type.TEXT),
    /** Whether an activity is done: then it is archived. */
    DONE(DescribeFields.Type.TEXT),
    /** A line of a note's. */
    LINE(DescribeFields.Type.TEXT),
    /** The same with a number. */
    NUMBER_LINE(DescribeFields.Type.NUMBER);

    private final DescribeFields.Type type;

    Form(DescribeFields.Type type) {
      this.type = type;
    }

    DescribeFields.Type type() {
      return type;
    }

    /** What a field of one of Odoo's types is to us; null for those that we cannot carry. */
    static @Nullable Form ofType(String type) {
      return switch (type) {
        case "char", "text" -> TEXT;
        case "html" -> HTML;
        case "selection" -> CHOICE;
        case "boolean" -> FLAG;
        case "integer", "float", "monetary" -> NUMBER;
        case "datetime" -> TIME;
        case "date" -> DATE;
        case "many2one" -> LINK;
        default -> null;
      };
    }
  }

  static Column of(String name, String field, Form form, @Nullable String suits) {
    return new Column(name, field, form, false, suits);
  }

  static Column readOnly(String name, String field, Form form, @Nullable String suits) {
    return new Column(name, field, form, true, suits);
  }
}
