package io.cordboard.bench.ari;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ARI's requests, those that the product makes. */
final class AriRest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Answer DONE = new Answer(204, "");
  private static final String INFO =
      """
      {"build":{"os":"Linux","kernel":"unknown","machine":"unknown","options":"OPTIONAL_API",\
      "date":"2026-07-20 21:35:32 UTC","user":"nobody"},"system":{"version":"22.10.1",\
      "entity_id":"02:00:00:00:00:01"},"config":{"name":"cb-bench","default_language":"en",\
      "setid":{"user":"","group":""},"max_open_files":20000},\
      "status":{"startup_time":"%s","last_reload_time":"%s"}}""";

  private final Exchange exchange;
  private final List<String> extensions;
  private final String info;

  AriRest(Exchange exchange, List<String> extensions) {
    this.exchange = exchange;
    this.extensions = extensions;
    this.info = INFO.formatted(FakeCall.stamp(), FakeCall.stamp());
  }

  /** What comes back. */
  record Answer(int status, String json) {
    static Answer of(String json) {
      return new Answer(200, json);
    }

    static Answer notFound(String what) {
      return new Answer(404, "{\"message\":\"" + what + " not found\"}");
    }
  }

  /** A request over HTTP. {@code path} begins behind {@code /ari}. */
  Answer handle(String method, String path, Map<String, String> query, String body) {
    Map<String, String> all = new HashMap<>(query);
    if (!body.isBlank()) {
      JSON.readTree(body).properties().stream()
          .filter(field -> field.getValue().isString())
          .forEach(field -> all.putIfAbsent(field.getKey(), field.getValue().asString()));
    }
    String[] parts = path.substring(1).split("/", -1);
    return switch (parts[0]) {
      case "channels" -> channels(method, parts, all);
      case "bridges" -> bridges(method, parts, all);
      case "endpoints" -> endpoints(parts);
      case "deviceStates" -> Answer.of("[]");
      case "asterisk" -> asterisk(method, parts);
      case "applications" -> Answer.of(application(parts[1]));
      default -> Answer.notFound(path);
    };
  }

  private Answer asterisk(String method, String[] parts) {
    boolean isInfo = method.equals("GET") && parts.length == 2 && parts[1].equals("info");
    return isInfo ? Answer.of(info) : Answer.of("{\"value\":\"\"}");
  }

  private String application(String name) {
    return """
        {"name":"%s","channel_ids":%s,"bridge_ids":%s,"endpoint_ids":[],"device_names":[],\
        "events_allowed":[],"events_disallowed":[]}"""
        .formatted(
            name,
            JSON.writeValueAsString(exchange.calls().stream().map(FakeCall::channel).toList()),
            JSON.writeValueAsString(exchange.bridges().keySet()));
  }

  // ---- channels ------------------------------------------------------------------------------

  private Answer channels(String method, String[] parts, Map<String, String> query) {
    if (parts.length == 1) {
      return method.equals("GET") ? Answer.of(allChannels()) : dial(query.getOrDefault("channelId", ""), query);
    }
    String channel = parts[1];
    FakeCall call = exchange.byChannel(channel);
    if (call == null) {
      return method.equals("POST") && query.containsKey("endpoint")
          ? dial(channel, query)
          : Answer.notFound("Channel");
    }
    if (parts.length == 2) {
      return channel(method, call, channel);
    }
    if (parts[2].equals("answer")) {
      exchange.answer(call);
    }
    return method.equals("GET") ? Answer.of("{\"value\":\"\"}") : DONE;
  }

  private Answer channel(String method, FakeCall call, String channel) {
    if (method.equals("DELETE")) {
      exchange.hangUp(call, channel);
      return DONE;
    }
    return Answer.of(json(call, channel));
  }

  private static String json(FakeCall call, String channel) {
    synchronized (call) {
      return channel.equals(call.channel()) ? call.customerJson() : call.agentJson();
    }
  }

  private String allChannels() {
    return exchange.calls().stream()
        .flatMap(
            call ->
                call.agentThere()
                    ? List.of(json(call, call.channel()), json(call, call.agentChannel())).stream()
                    : List.of(json(call, call.channel())).stream())
        .collect(Collectors.joining(",", "[", "]"));
  }

  private Answer dial(String channel, Map<String, String> query) {
    String endpoint = query.getOrDefault("endpoint", "");
    String extension = endpoint.substring(endpoint.indexOf('/') + 1);
    FakeCall call = exchange.byChannel(query.getOrDefault("originator", ""));
    if (call == null) {
      call = exchange.byNumber(query.getOrDefault("callerId", "").replaceAll(".*<|>", ""));
    }
    if (call == null || !extensions.contains(extension)) {
      return new Answer(400, "{\"message\":\"Allocation failed\"}");
    }
    return exchange.dial(call, channel, extension, query.getOrDefault("appArgs", ""))
        ? Answer.of(json(call, channel))
        : new Answer(409, "{\"message\":\"Channel with given unique ID already exists\"}");
  }

  // ---- bridges and phones --------------------------------------------------------------------

  private Answer bridges(String method, String[] parts, Map<String, String> query) {
    if (parts.length == 1 && method.equals("GET")) {
      return Answer.of(
          exchange.bridges().values().stream()
              .map(AriRest::bridgeJson)
              .collect(Collectors.joining(",", "[", "]")));
    }
    String bridge = parts.length > 1 ? parts[1] : query.getOrDefault("bridgeId", "");
    if (parts.length > 2) {
      return inBridge(bridge, parts[2], query.getOrDefault("channel", ""));
    }
    if (method.equals("DELETE")) {
      exchange.closeBridge(bridge);
      return DONE;
    }
    FakeCall call = exchange.bridges().get(bridge);
    if (call != null) {
      return Answer.of(bridgeJson(call));
    }
    boolean there =
        method.equals("POST")
            ? exchange.emptyBridges().add(bridge)
            : exchange.emptyBridges().contains(bridge);
    return there ? Answer.of(emptyBridge(bridge)) : Answer.notFound("Bridge");
  }

  private static String bridgeJson(FakeCall call) {
    synchronized (call) {
      return call.bridgeJson();
    }
  }

  private static String emptyBridge(String id) {
    return """
        {"id":"%s","technology":"simple_bridge","bridge_type":"mixing","bridge_class":"stasis",\
        "creator":"Stasis","name":"","channels":[],"creationtime":"%s","video_mode":"talker"}"""
        .formatted(id, FakeCall.stamp());
  }

  private Answer inBridge(String bridge, String what, String list) {
    for (String channel : list.split(",", -1)) {
      FakeCall call = exchange.byChannel(channel);
      if (call == null) {
        return new Answer(400, "{\"message\":\"Channel not found\"}");
      }
      if (what.equals("addChannel")) {
        exchange.join(bridge, call, channel);
      }
    }
    return DONE;
  }

  private Answer endpoints(String[] parts) {
    Supplier<String> all =
        () ->
            extensions.stream()
                .map(AriRest::endpoint)
                .collect(Collectors.joining(",", "[", "]"));
    return Answer.of(parts.length > 2 ? endpoint(parts[2]) : all.get());
  }

  private static String endpoint(String extension) {
    return """
        {"technology":"PJSIP","resource":"%s","state":"online","channel_ids":[]}"""
        .formatted(extension);
  }

  // ---- over the WebSocket --------------------------------------------------------------------

  /** A request over the events' WebSocket. */
  String handle(String text) {
    JsonNode request = JSON.readTree(text);
    String uri = request.path("uri").asString("");
    int mark = uri.indexOf('?');
    Map<String, String> query = new HashMap<>();
    if (mark >= 0) {
      query.putAll(HttpRequests.query(uri.substring(mark + 1)));
    }
    request
        .path("query_strings")
        .forEach(one -> query.put(one.path("name").asString(), one.path("value").asString()));
    Answer answer =
        handle(
            request.path("method").asString(), "/" + (mark < 0 ? uri : uri.substring(0, mark)),
            query, request.path("message_body").asString(""));
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("type", "RESTResponse")
            .put("request_id", request.path("request_id").asString(""))
            .put("status_code", answer.status())
            .put("reason_phrase", answer.status() < 300 ? "OK" : "Error")
            .put("uri", uri)
            .put("message_body", answer.json()));
  }
}
