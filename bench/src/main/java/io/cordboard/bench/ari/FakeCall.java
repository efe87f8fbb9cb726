package io.cordboard.bench.ari;

import io.cordboard.bench.ari.Script.Scene;
import io.cordboard.bench.measure.PoppedCall;
import io.cordboard.kernel.CustomerId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One call on the switch. Guarded by itself. */
public final class FakeCall extends PoppedCall {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String DETAILS =
      """
      "accountcode":"","dialplan":{"context":"%s","exten":"%s","priority":%d,"app_name":"%s",\
      "app_data":"%s"},"creationtime":"%s","language":"en",\
      "channelvars":{"CB_PAI":"%s","CB_PRIVACY":"","CB_DIVERSION":"","CB_DIVERSION2":"",\
      "CB_HISTORY":"","CB_HISTORY2":"","CB_TO":"%s","CB_FROM":"%s","CB_PCPID":"","CB_RURI":"%s",\
      "CB_PRES":"%s","CB_CALLID":"%s"}\
      """;

  private final String did;
  private final String channel;
  private final String sip = UUID.randomUUID().toString();
  private final String agentSip = UUID.randomUUID().toString();
  private final String serial;
  private final String created = stamp();
  private final List<String> bridged = new ArrayList<>();
  private final String details;
  private String agentChannel = "";
  private String extension = "";
  private String agentArgs = "";
  private String bridge = "";
  private boolean customerThere = true;
  private boolean agentThere;
  private boolean up;
  private boolean agentUp;

  FakeCall(String number, CustomerId customer, String did, long serial) {
    super(number, customer);
    this.did = did;
    this.channel = "cb-bench-" + serial;
    this.serial = "%08x".formatted(serial);
    this.details =
        DETAILS.formatted(
            "from-provider", did, 4, "Stasis", "cordboard,inbound," + did, created,
            "<sip:" + number + "@127.0.0.4>", "<sip:" + did + "@127.0.0.1>",
            "<sip:" + number + "@127.0.0.4>;tag=" + agentSip, "sip:" + did + "@127.0.0.1:15070",
            "allowed_not_screened", sip);
  }

  // ---- what the switch knows -----------------------------------------------------------------

  String channel() {
    return channel;
  }

  String agentChannel() {
    return agentChannel;
  }

  boolean agentThere() {
    return agentThere;
  }

  boolean customerThere() {
    return customerThere;
  }

  boolean gone() {
    return !customerThere && !agentThere;
  }

  boolean together() {
    return bridged.size() == 2;
  }

  void dialled(String newChannel, String newExtension, String args) {
    agentChannel = newChannel;
    extension = newExtension;
    agentArgs = args;
    agentThere = true;
    agentUp = false;
  }

  void agentAnswers() {
    agentUp = true;
  }

  void opens() {
    up = true;
  }

  boolean isUp() {
    return up;
  }

  boolean joins(String name, String who) {
    bridge = name;
    return !bridged.contains(who) && bridged.add(who);
  }

  void leaves(String who) {
    bridged.remove(who);
  }

  void customerEnds() {
    over(agentUp);
    customerThere = false;
    bridged.remove(channel);
  }

  void agentEnds() {
    agentThere = false;
    bridged.remove(agentChannel);
  }

  // ---- how it is told ------------------------------------------------------------------------

  /** What stands at a name of the script. */
  String value(String name) {
    return switch (name) {
      case "now" -> stamp();
      case "did" -> did;
      case "customer-ring" -> customerJson("Ring");
      case "customer-up" -> customerJson("Up");
      case "agent-down-dialled" -> agentJson("Down", false);
      case "agent-ringing-dialled" -> agentJson("Ringing", false);
      case "agent-up-dialled" -> agentJson("Up", false);
      case "agent-up" -> agentJson("Up", true);
      case "agent-name" -> agentName();
      case "agent-sip" -> agentSip;
      case "customer-name" -> customerName();
      case "customer-sip" -> sip;
      case "extension" -> extension;
      case "agent-args" -> "[\"" + agentArgs.replace(",", "\",\"") + "\"]";
      case "bridge" -> bridgeJson();
      default -> throw new IllegalArgumentException("The script names {" + name + "}");
    };
  }

  List<String> play(Script script, Scene scene) {
    return script.play(scene, this::value);
  }

  String customerJson() {
    return customerJson(up ? "Up" : "Ring");
  }

  String agentJson() {
    return agentJson(agentUp ? "Up" : "Ringing", agentUp);
  }

  private String customerJson(String state) {
    return """
        {"id":"%s","name":"%s","state":"%s","protocol_id":"%s","caller":{"name":"","number":"%s"},\
        "connected":{"name":"","number":""},%s}"""
        .formatted(channel, customerName(), state, sip, number(), details);
  }

  private String agentJson(String state, boolean inStasis) {
    String more =
        DETAILS.formatted(
            "refused", "s", 1, inStasis ? "Stasis" : "AppDial2",
            inStasis ? "cordboard," + agentArgs : "(Outgoing Line)", created, "", "", "", "", "", "");
    return """
        {"id":"%s","name":"%s","state":"%s","protocol_id":"%s","caller":{"name":"","number":""},\
        "connected":{"name":"","number":"%s"},%s}"""
        .formatted(agentChannel, agentName(), state, agentSip, number(), more);
  }

  String bridgeJson() {
    String channels = bridged.isEmpty() ? "" : "\"" + String.join("\",\"", bridged) + "\"";
    return """
        {"id":"%s","technology":"simple_bridge","bridge_type":"mixing","bridge_class":"stasis",\
        "creator":"Stasis","name":"","channels":[%s],"creationtime":"%s","video_mode":"talker"}"""
        .formatted(bridge, channels, created);
  }

  private String agentName() {
    return "PJSIP/" + extension + "-" + serial;
  }

  private String customerName() {
    return "PJSIP/provider-" + serial;
  }

  static String stamp() {
    return STAMP.format(Instant.now());
  }
}
