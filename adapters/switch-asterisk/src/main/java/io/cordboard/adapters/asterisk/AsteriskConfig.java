package io.cordboard.adapters.asterisk;

import io.cordboard.kernel.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one Asterisk; what {@code cordboard pbx up} writes into {@code connection.json}.
 *
 * @param switchId the switch's name in every leg's key
 * @param ari HTTP and WebSocket
 * @param ami what ARI cannot do
 * @param sip what phones and test calls need
 * @param media directories and a program on this machine
 * @param agents the devices that may be rung
 * @param outside how numbers are dialled, and which may be
 * @param alone null for an Asterisk that is not set up to work without us
 */
public record AsteriskConfig(
    String switchId, Ari ari, Ami ami, Sip sip, Media media, List<Agent> agents, Outside outside,
    @Nullable Alone alone) {

  /** One that does nothing without us. */
  public AsteriskConfig(
      String switchId, Ari ari, Ami ami, Sip sip, Media media, List<Agent> agents,
      Outside outside) {
    this(switchId, ari, ami, sip, media, agents, outside, null);
  }

  /**
   * @param url such as {@code http://127.0.0.1:18088/ari}
   * @param app the Stasis application
   */
  public record Ari(URI url, String user, String password, String app) {
    public Ari {
      check(
          url.getHost() != null && List.of("http", "https").contains(url.getScheme()),
          "ariUrl",
          "http://HOST:PORT/ari");
      check(app.matches("[A-Za-z0-9_-]{1,64}"), "app", "letters, digits, _ and -");
    }

    @Override
    public String toString() {
      return "Ari[" + url + ", " + user + ", " + app + "]";
    }
  }

  /** Asterisk's manager interface. */
  public record Ami(String host, int port, String user, String password) {
    public Ami {
      check(port > 0 && port < 65536, "amiPort", "between 1 and 65535");
      check(oneLine(user + password), "amiUser, amiPassword", "one line each");
    }

    @Override
    public String toString() {
      return "Ami[" + host + ":" + port + ", " + user + "]";
    }
  }

  /**
   * @param address where phones register
   * @param webSocket where browser phones register, through our server
   * @param callerEndpoint dials one of our lines as a caller from outside would; holds {@code
   *     {did}}
   */
  public record Sip(String address, int port, URI webSocket, String callerEndpoint) {
    public Sip {
      check(port > 0 && port < 65536, "sipPort", "between 1 and 65535");
      check(callerEndpoint.contains("{did}"), "callerEndpoint", "with {did} in it");
    }
  }

  /**
   * @param recordings where Asterisk writes recordings
   * @param sounds the directory that Asterisk plays as {@code sound:cordboard/NAME}
   * @param speak the program {@code speak VOICE FILE.wav < TEXT}
   */
  public record Media(Path recordings, Path sounds, Path speak) {}

  /**
   * How numbers outside are dialled. The same rules as the dialplan has for agents' phones, because what
   * we dial does not pass it.
   *
   * @param trunk the endpoint through which calls go out; empty where nothing may be dialled
   * @param homeCountry the country code that is not international
   * @param international whether other countries may be dialled
   * @param prefixes digits that announce a country code
   * @param emergency numbers that are never refused
   */
  public record Outside(
      String trunk,
      String homeCountry,
      boolean international,
      List<String> prefixes,
      List<String> emergency) {
    /** Nothing but devices can be dialled. */
    public static final Outside NONE = new Outside("", "", false, List.of(), List.of());

    public Outside {
      check(trunk.matches("[A-Za-z0-9_-]{0,64}"), "trunk.name", "letters, digits, _ and -");
      check(trunk.isEmpty() || homeCountry.matches("[1-9][0-9]{0,2}"), "homeCountry", "1 to 3 digits");
      prefixes = List.copyOf(prefixes);
      emergency = List.copyOf(emergency);
    }

    /** Whether this number is another country's. */
    boolean abroad(String number) {
      String code = null;
      if (number.startsWith("+")) {
        code = number.substring(1);
      }
      for (String prefix : prefixes) {
        code = code == null && number.startsWith(prefix) ? number.substring(prefix.length()) : code;
      }
      return code != null && !code.startsWith(homeCountry);
    }
  }

  /**
   * What an Asterisk on this machine needs and leaves while no server of ours is there.
   *
   * @param config the directory whose {@code extensions*.conf} and {@code queues*.conf} Asterisk reads
   * @param records the channel events that {@code cel_custom} writes
   * @param served the file that is touched while we serve, for the watch beside Asterisk
   */
  public record Alone(Path config, Path records, Path served) {}

  /** What a device is. */
  public enum Kind {
    /** A browser phone. */
    WEBRTC,
    /** Any SIP phone. */
    SIP
  }

  /** A device of an agent. */
  public record Agent(String extension, Kind kind, String password) {
    public Agent {
      check(extension.matches("[0-9]{1,15}"), "agents.extension", "1 to 15 digits");
    }

    @Override
    public String toString() {
      return "Agent[" + extension + ", " + kind + "]";
    }
  }

  public AsteriskConfig {
    check(switchId.matches("[a-z][a-z0-9-]{0,31}"), "id", "lower-case letters, digits and hyphens");
    agents = List.copyOf(agents);
  }

  /**
   * Reads {@code connection.json}.
   *
   * @throws Fault.NotFound when there is no such file: the switch does not run
   * @throws Fault.BadRequest when it is not what {@code pbx up} writes
   */
  public static AsteriskConfig read(String switchId, Path connectionJson) {
    Json file = parsed(connectionJson);
    try {
      return new AsteriskConfig(
          switchId,
          new Ari(
              URI.create(need(file, "ariUrl")),
              need(file, "ariUser"),
              need(file, "ariPassword"),
              need(file, "app")),
          new Ami(
              need(file, "amiHost"),
              number(file, "amiPort"),
              need(file, "amiUser"),
              need(file, "amiPassword")),
          new Sip(
              need(file, "sipAddress"),
              number(file, "sipPort"),
              URI.create(need(file, "wsUrl")),
              need(file, "callerEndpoint")),
          new Media(
              Path.of(need(file, "recordings")),
              Path.of(need(file, "sounds")),
              Path.of(need(file, "speak"))),
          file.at("agents").items().stream().map(AsteriskConfig::agent).toList(),
          outside(file),
          alone(file));
    } catch (IllegalArgumentException | Fault.BadRequest wrong) {
      throw broken(connectionJson, wrong.getMessage());
    }
  }

  /** An older {@code pbx up} did not write these. */
  private static @Nullable Alone alone(Json file) {
    return file.text("ownConfig").isEmpty()
        ? null
        : new Alone(
            Path.of(need(file, "ownConfig")),
            Path.of(need(file, "records")),
            Path.of(need(file, "served")));
  }

  /** The device with this extension. */
  public Optional<Agent> agent(String extension) {
    return agents.stream().filter(agent -> agent.extension().equals(extension)).findFirst();
  }

  /** A file of an older version does not say what may be dialled: nothing may. */
  private static Outside outside(Json file) {
    return file.text("homeCountry").isEmpty()
        ? Outside.NONE
        : new Outside(
            need(file.at("trunk"), "name"),
            need(file, "homeCountry"),
            file.text("international").equals("yes"),
            list(file.text("internationalPrefixes")),
            list(file.text("emergencyNumbers")));
  }

  private static List<String> list(String text) {
    return Pattern.compile(",").splitAsStream(text).filter(one -> !one.isEmpty()).toList();
  }

  private static Agent agent(Json json) {
    Kind kind =
        switch (need(json, "kind")) {
          case "webrtc" -> Kind.WEBRTC;
          case "sip" -> Kind.SIP;
          default -> throw new Fault.BadRequest("'agents.kind' must be webrtc or sip");
        };
    return new Agent(need(json, "extension"), kind, need(json, "password"));
  }

  private static Json parsed(Path file) {
    try {
      return Json.read(Files.readAllBytes(file));
    } catch (NoSuchFileException missing) {
      throw new Fault.NotFound(
          file + " is not there: no Asterisk of ours runs. Start one with 'cordboard pbx up'.");
    } catch (IOException unreadable) {
      throw new Fault.Refused(
          file + " cannot be read by this user: " + unreadable.getMessage() + ".");
    } catch (Fault.BadRequest wrong) {
      throw broken(file, wrong.getMessage());
    }
  }

  private static Fault.BadRequest broken(Path file, @Nullable String why) {
    return new Fault.BadRequest(
        file + " is damaged: " + why + ". 'cordboard pbx down' and 'pbx up' write it anew.");
  }

  private static String need(Json json, String key) {
    String text = json.text(key);
    check(!text.isEmpty(), key, "there");
    return text;
  }

  private static int number(Json json, String key) {
    String text = need(json, key);
    check(text.matches("[0-9]{1,5}"), key, "a port");
    return Integer.parseInt(text);
  }

  private static boolean oneLine(String text) {
    return text.chars().allMatch(c -> c >= ' ');
  }

  private static void check(boolean good, String key, String rule) {
    if (!good) {
      throw new Fault.BadRequest("'" + key + "' must be " + rule);
    }
  }
}
