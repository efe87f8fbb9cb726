package io.cordboard.adapters.rest;

import io.cordboard.adapters.rest.Compiler.Place;
import io.cordboard.adapters.rest.expression.HostFunctions;
import io.cordboard.adapters.rest.expression.Language;
import io.cordboard.adapters.rest.expression.Numbers;
import io.cordboard.adapters.rest.expression.Table;
import io.cordboard.adapters.rest.expression.Times;
import io.cordboard.spi.crm.Crm.Pace;
import io.cordboard.spi.crm.CrmAdapter.Mistake;
import io.cordboard.spi.crm.RecordKind;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole configuration file, read once. */
record FilePlan(
    List<Template> hosts, Map<String, Setting> settings, AuthPlan auth, Defaults request, AnswerRules answers, Pace pace,
    @Nullable RequestPlan check, Map<RecordKind, KindPlan> kinds, List<HookPlan> hooks, List<LiveTable> live, Numbers numbers) {
  static final int FORMAT = 1;
  private static final Set<String> ADDRESSES = Set.of("base", "at", "get", "post", "put", "patch", "delete");
  private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  /** Something that is given beside the file. */
  record Setting(boolean secret, @Nullable String otherwise) {}

  /**
   * What all requests have in common.
   *
   * @param jsonTypes what else the system calls JSON
   * @param reuse whether a connection is kept for the next request; some servers close it without a word
   */
  record Defaults(
      Template base, Map<String, Template> query, Map<String, Template> headers, Duration timeout, int mostBytes,
      List<String> jsonTypes, boolean reuse) {}

  /** What was read, and what is wrong with it. */
  record Read(FilePlan plan, List<Mistake> mistakes) {}

  static Read read(Map<String, Object> tree) {
    List<Mistake> mistakes = new ArrayList<>();
    Part file = Part.root(tree, mistakes);
    FilePlan plan = read(file);
    lookAtHosts(file, tree, "", plan.hosts());
    file.close();
    return new Read(plan, List.copyOf(mistakes));
  }

  private static FilePlan read(Part file) {
    Part crm = file.mustAt("crm");
    crm.mustText("name");
    crm.text("adapter");
    if (crm.number("format", 0, 0, 1_000) != FORMAT) {
      crm.mistake("format", "This reads files of 'format: %d'.".formatted(FORMAT));
    }
    Map<String, Setting> settings = settings(file);
    Times times = times(file, zone(crm));
    Map<String, Supplier<Table>> tables = tables(file);
    Numbers numbers = new Numbers(region(crm));
    HostFunctions host = new HostFunctions(numbers, times, tables);
    Map<String, Boolean> secret = new LinkedHashMap<>();
    settings.forEach((name, setting) -> secret.put(name, setting.secret()));
    Compiler compiler = new Compiler(new Language(host), secret);
    FieldPlan.Kit kit = new FieldPlan.Kit(compiler, host, times, tables);
    List<Template> hosts = hosts(crm, compiler);
    crm.close();
    Part request = file.mustAt("request");
    boolean form = request.word("content", "json", "json", "form").equals("form");
    Defaults defaults = defaults(request, compiler);
    request.close();
    AuthPlan auth = AuthPlan.read(file.mustAt("auth"), compiler);
    List<LiveTable> live = live(file, compiler, form, tables);
    AnswerRules answers = AnswerRules.read(file, "answers", compiler);
    if (!answers.isClosed()) {
      file.mistake("answers", "The last rule fits whatever comes: add '- is: refused'.");
    }
    Pace pace = Limits.read(file.at("limits"));
    RequestPlan check = check(file, compiler, form);
    return new FilePlan(
        hosts, settings, auth, defaults, answers, pace, check, kinds(file, kit, form), hooks(file, compiler), live, numbers);
  }

  private static Map<String, Setting> settings(Part file) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    Part part = file.at("settings");
    for (String name : part.keys()) {
      if (part.raw(name) instanceof Map) {
        Part below = part.at(name);
        settings.put(name, new Setting(
            below.word("type", "text", "text", "secret").equals("secret"), below.text("otherwise")));
        below.close();
      } else {
        settings.put(name, new Setting(part.word(name, "text", "text", "secret").equals("secret"), null));
      }
    }
    return settings;
  }

  private static ZoneId zone(Part crm) {
    String name = crm.text("timezone", "Z");
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      crm.mistake("timezone", "There is no time zone '%s': use a name such as Asia/Shanghai.".formatted(name));
      return ZoneOffset.UTC;
    }
  }

  private static String region(Part crm) {
    String region = crm.text("region", "ZZ");
    if (!Numbers.isRegion(region)) {
      crm.mistake("region", "There is no country '%s': use two capitals such as CN.".formatted(region));
      return "ZZ";
    }
    return region;
  }

  private static Times times(Part file, ZoneId zone) {
    Times times = new Times();
    Part part = file.at("times");
    for (String name : part.keys()) {
      Part below = part.at(name);
      ZoneId own = below.has("timezone") ? zone(below) : zone;
      String pattern = below.mustText("pattern");
      try {
        times.add(name, pattern, own);
      } catch (IllegalArgumentException wrong) {
        below.mistake("pattern", "'%s' is no pattern such as yyyy-MM-dd HH:mm:ss.".formatted(pattern));
      }
      below.close();
    }
    return times;
  }

  private static List<LiveTable> live(Part file, Compiler compiler, boolean form, Map<String, Supplier<Table>> tables) {
    List<LiveTable> live = new ArrayList<>();
    Part part = file.at("tables");
    for (String name : part.keys()) {
      if (part.raw(name) instanceof Map<?, ?> keys && keys.containsKey("from")) {
        LiveTable table = LiveTable.read(name, part.at(name), compiler, form);
        tables.put(name, table);
        live.add(table);
      }
    }
    return live;
  }

  private static Map<String, Supplier<Table>> tables(Part file) {
    Map<String, Supplier<Table>> tables = new LinkedHashMap<>();
    Part part = file.at("tables");
    for (String name : part.keys()) {
      Part below = part.at(name);
      if (below.has("from")) {
        tables.put(name, () -> Table.of(Map.of()));
        continue;
      }
      Map<String, Object> rows = new LinkedHashMap<>();
      for (String key : below.keys()) {
        Object value = below.raw(key);
        if (value == null || value instanceof Map || value instanceof List) {
          below.mistake(key, "Here stands one value of theirs.");
        } else {
          rows.put(key, value);
        }
      }
      Table table = Table.of(rows);
      tables.put(name, () -> table);
      lookAtTable(below, name, rows);
    }
    return tables;
  }

  // a table that is named like a field of ours has to know all that may stand in it
  private static void lookAtTable(Part part, String name, Map<String, Object> rows) {
    for (RecordKind kind : RecordKind.values()) {
      io.cordboard.spi.crm.OurFields.find(kind, name).ifPresent(field -> {
        for (String option : field.options()) {
          if (!rows.containsKey(option) && !rows.containsKey(Table.OTHERWISE)) {
            part.mistake("'%s' of a %s may also be '%s': add it, or an '%s'.".formatted(
                name, kind.word(), option, Table.OTHERWISE));
          }
        }
      });
    }
  }

  private static List<Template> hosts(Part crm, Compiler compiler) {
    List<Template> hosts = new ArrayList<>();
    List<?> listed = crm.several("hosts");
    for (int i = 0; i < listed.size(); i++) {
      String path = "hosts[" + i + "]";
      Template host = compiler.template(crm, crm.path(path), listed.get(i), Place.OPEN);
      if (host instanceof Template.Constant constant
          && !(constant.constant() instanceof String text && HOST.matcher(text).matches())) {
        crm.mistake(path, "Here stands the name of a host in small letters, or *. and a name.");
      }
      hosts.add(host);
    }
    if (listed.isEmpty()) {
      crm.mistake("hosts", "This is missing: the hosts that may be asked.");
    }
    return hosts;
  }

  private static Defaults defaults(Part part, Compiler compiler) {
    Template base = compiler.template(part, part.path("base"), part.mustText("base"), Place.SECRET);
    return new Defaults(
        base,
        RequestPlan.templates(part, "query", compiler, Place.SECRET),
        RequestPlan.templates(part, "headers", compiler, Place.SECRET),
        part.duration("timeout", Duration.ofSeconds(10)),
        part.bytes("most", 2 << 20),
        part.texts("json_types").stream().map(type -> type.toLowerCase(Locale.ROOT)).toList(),
        part.flag("reuse", true));
  }

  // addresses that stand in the file itself; others are looked at before each request
  private static void lookAtHosts(Part file, @Nullable Object tree, String path, List<Template> hosts) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        String below = path.isEmpty() ? String.valueOf(key) : path + "." + key;
        if (ADDRESSES.contains(String.valueOf(key)) && value instanceof String text && text.contains("://")
            && !text.startsWith("=") && !isListed(hostOf(text), hosts)) {
          file.mistake(below, "Its host is not among those that may be asked: add it to 'crm.hosts'.");
        }
        lookAtHosts(file, value, below, hosts);
      });
    } else if (tree instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        lookAtHosts(file, list.get(i), path + "[" + i + "]", hosts);
      }
    }
  }

  private static boolean isListed(@Nullable String host, List<Template> hosts) {
    return hosts.stream().anyMatch(each -> !(each instanceof Template.Constant constant)
        || (constant.constant() instanceof String text && host != null
            && (text.startsWith("*.") ? host.endsWith(text.substring(1)) : text.equals(host))));
  }

  /** The host of an address; null where it is none. */
  static @Nullable String hostOf(String address) {
    try {
      String host = URI.create(address).getHost();
      return host == null ? null : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private static @Nullable RequestPlan check(Part file, Compiler compiler, boolean form) {
    Part part = file.mustAt("check");
    if (!file.has("check")) {
      return null;
    }
    RequestPlan plan = RequestPlan.read(part, compiler, Place.OPEN, form);
    part.close();
    return plan;
  }

  private static Map<RecordKind, KindPlan> kinds(Part file, FieldPlan.Kit kit, boolean form) {
    Map<RecordKind, KindPlan> kinds = new EnumMap<>(RecordKind.class);
    Part part = file.mustAt("records");
    for (RecordKind kind : RecordKind.values()) {
      if (part.has(kind.word())) {
        kinds.put(kind, KindPlan.read(kind, part.at(kind.word()), kit, form));
      }
    }
    part.close();
    return kinds;
  }

  private static List<HookPlan> hooks(Part file, Compiler compiler) {
    return file.parts("hooks").stream().map(part -> HookPlan.read(part, compiler)).toList();
  }
}
