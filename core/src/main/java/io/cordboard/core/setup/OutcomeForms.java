package io.cordboard.core.setup;

import io.cordboard.core.routing.Directory.Disposition;
import io.cordboard.core.routing.OutcomeForm.OutcomeField;
import io.cordboard.core.routing.OutcomeForm.Kind;
import io.cordboard.core.routing.OutcomeForm.NoteTemplate;
import io.cordboard.core.trust.DisplayName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes what agents fill in when a talk is over. */
final class OutcomeForms {
  private static final int MAX_CHOICES = 50;

  private OutcomeForms() {}

  static @Nullable Disposition disposition(String code, Form form) {
    String zh = shown(form, "zh");
    String en = shown(form, "en");
    String group = form.text("in");
    return zh == null || en == null ? null : new Disposition(code, zh, en, group);
  }

  static Map<String, Object> written(Disposition disposition) {
    Map<String, Object> form = labelled("code", disposition.code());
    String group = disposition.group();
    if (group != null) {
      form.put("in", group);
    }
    form.put("zh", disposition.labelZh());
    form.put("en", disposition.labelEn());
    return form;
  }

  static @Nullable OutcomeField field(String id, Form form) {
    String zh = shown(form, "zh");
    String en = shown(form, "en");
    form.needed("kind");
    Kind kind = form.one("kind", Kind.class);
    boolean required = form.flag("required", false);
    List<String> choices = form.texts("choices");
    if (kind == Kind.CHOICE && (choices.size() < 2 || choices.size() > MAX_CHOICES)) {
      form.wrong("choices", "A choice has 2 to %d choices.".formatted(MAX_CHOICES));
    } else if (kind != null && kind != Kind.CHOICE && !choices.isEmpty()) {
      form.wrong("choices", "Only kind: choice has choices: take them away, or change the kind.");
    }
    List<String> lines = lines(form);
    return zh == null || en == null || kind == null
        ? null
        : new OutcomeField(id, zh, en, kind, required, choices, lines);
  }

  static Map<String, Object> written(OutcomeField field) {
    Map<String, Object> form = labelled("id", field.id());
    form.put("zh", field.labelZh());
    form.put("en", field.labelEn());
    form.put("kind", Form.written(field.kind()));
    form.put("required", field.required());
    some(form, "choices", field.choices());
    some(form, "lines", field.lines());
    return form;
  }

  static @Nullable NoteTemplate template(String id, Form form) {
    String label = SetupReader.label(form);
    String text = form.needed("text");
    List<String> lines = lines(form);
    return label == null || text == null ? null : new NoteTemplate(id, label, text, lines);
  }

  static Map<String, Object> written(NoteTemplate template) {
    Map<String, Object> form = labelled("id", template.id());
    form.put("label", template.label());
    form.put("text", template.text());
    some(form, "lines", template.lines());
    return form;
  }

  private static @Nullable String shown(Form form, String key) {
    return form.made(key, form.needed(key), text -> new DisplayName(text).value());
  }

  private static List<String> lines(Form form) {
    List<String> lines = new ArrayList<>();
    List<String> told = form.texts("lines");
    for (int i = 0; i < told.size(); i++) {
      String did = form.made("lines/" + i, told.get(i), RoutingForms::did);
      if (did != null) {
        lines.add(did);
      }
    }
    return lines;
  }

  private static Map<String, Object> labelled(String key, String id) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put(key, id);
    return form;
  }

  private static void some(Map<String, Object> form, String key, List<String> list) {
    if (!list.isEmpty()) {
      form.put(key, list);
    }
  }
}
