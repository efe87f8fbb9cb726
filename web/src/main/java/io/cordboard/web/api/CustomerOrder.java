package io.cordboard.web.api;

import io.cordboard.core.identity.IdentityKind;
import io.cordboard.core.journey.EditCustomer.Typed;
import io.cordboard.core.profile.Card;
import io.cordboard.core.profile.CustomerEditor;
import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a client wants of customers; everything is untrusted. */
final class CustomerOrder {
  private static final int MAX_NAME = 200;
  private static final int MAX_VALUE = 200;
  private static final int MOST_IDENTITIES = 20;
  private static final int MOST_TAGS = 30;
  private static final int MOST_FIELDS = 20;

  private CustomerOrder() {}

  record IdentityOrder(String kind, String value) {
    Typed typed() {
      return new Typed(IdentityKind.of(kind), Input.text("value", value, MAX_VALUE));
    }
  }

  record ValueOrder(String value) {
    String checked() {
      return Input.text("value", value, MAX_VALUE);
    }
  }

  /** A new customer; what is not told is PERSON, STANDARD and the server's usual language. */
  record Create(
      @Nullable String kind,
      String name,
      @Nullable String language,
      @Nullable String level,
      @Nullable List<IdentityOrder> identities) {
    CustomerEditor.Fields fields() {
      return new CustomerEditor.Fields(
          kind == null ? Card.Kind.PERSON : Code.of("kind", Card.Kind.class, kind),
          CustomerOrder.name(name),
          language == null ? "zh-CN" : CustomerOrder.language(language),
          level == null
              ? Card.ValueLevel.STANDARD
              : Code.of("level", Card.ValueLevel.class, level));
    }

    List<Typed> typed() {
      List<IdentityOrder> list = identities == null ? List.of() : identities;
      Input.between("identities", list.size(), 0, MOST_IDENTITIES);
      return Input.whole("identities", list).stream().map(IdentityOrder::typed).toList();
    }
  }

  /** What is not told stays as it is; {@code version} is that of the card it was made from. */
  record Change(
      long version,
      @Nullable String kind,
      @Nullable String name,
      @Nullable String language,
      @Nullable String level,
      @Nullable List<String> tags,
      @Nullable Map<String, String> sensitive) {
    // NullAway does not see that a nested type of another module is @Nullable there
    @SuppressWarnings("NullAway")
    CustomerEditor.Changes changes() {
      return new CustomerEditor.Changes(
          kind == null ? null : Code.of("kind", Card.Kind.class, kind),
          name == null ? null : CustomerOrder.name(name),
          language == null ? null : CustomerOrder.language(language),
          level == null ? null : Code.of("level", Card.ValueLevel.class, level),
          tags == null ? null : tags(tags),
          sensitive == null ? Map.of() : fields(sensitive));
    }

    private static SortedSet<String> tags(List<String> asked) {
      Input.between("tags", asked.size(), 0, MOST_TAGS);
      SortedSet<String> tags = new TreeSet<>();
      asked.forEach(tag -> tags.add(Input.text("tags", tag, 40)));
      return tags;
    }

    private static Map<String, String> fields(Map<String, String> asked) {
      Input.between("sensitive", asked.size(), 0, MOST_FIELDS);
      Map<String, String> fields = new TreeMap<>();
      asked.forEach(
          (name, value) -> {
            String text = Input.optional("sensitive." + Fault.excerpt(name), value, MAX_VALUE);
            fields.put(Code.short40("sensitive", name), text == null ? "" : text);
          });
      return fields;
    }
  }

  record ConsentOrder(String kind, boolean granted, String textVersion) {
    CustomerEditor.Consent consent() {
      return new CustomerEditor.Consent(
          Code.short40("kind", kind), granted, Input.text("textVersion", textVersion, 40));
    }
  }

  private static String name(String name) {
    return Input.text("name", name, MAX_NAME);
  }

  private static String language(String language) {
    String text = Input.text("language", language, 20);
    if (!text.matches("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}")) {
      throw new Fault.BadRequest(
          "'language' is '%s'; it must be a tag such as zh-CN.".formatted(Fault.excerpt(text)));
    }
    return text;
  }
}
