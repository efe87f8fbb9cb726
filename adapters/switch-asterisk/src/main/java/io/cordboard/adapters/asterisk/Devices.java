package io.cordboard.adapters.asterisk;

import io.cordboard.spi.telephony.DeviceState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * States of the agents' devices, put together from their contacts (AMI tells of them at once) and
 * from whether they have a call (ARI does). Used by the thread that translates alone.
 */
final class Devices {
  private static final String TECHNOLOGY = "PJSIP/";

  private static final class Device {
    final Map<String, Boolean> contacts = new HashMap<>();
    boolean busy;
    DeviceState told = DeviceState.UNREGISTERED;

    DeviceState state() {
      if (contacts.isEmpty()) {
        return DeviceState.UNREGISTERED;
      }
      if (!contacts.containsValue(true)) {
        return DeviceState.UNREACHABLE;
      }
      return busy ? DeviceState.BUSY : DeviceState.IDLE;
    }
  }

  private final Map<String, Device> devices = new LinkedHashMap<>();

  Devices(List<AsteriskConfig.Agent> agents) {
    agents.forEach(agent -> devices.put(agent.extension(), new Device()));
  }

  /** What ARI is to be asked to tell of. */
  List<String> sources() {
    return devices.keySet().stream().map(address -> "deviceState:" + TECHNOLOGY + address).toList();
  }

  /** Takes the whole state over after a gap. */
  Map<String, DeviceState> snapshot(Set<String> withCalls, List<Ami.Packet> contacts) {
    devices.forEach(
        (address, device) -> {
          device.contacts.clear();
          device.busy = withCalls.contains(address);
        });
    for (Ami.Packet contact : contacts) {
      Device device = devices.get(contact.get("Endpoint"));
      if (device != null && contact.get("Event").equals("ContactList")) {
        device.contacts.put(contact.get("Uri"), reachable(contact.get("Status")));
      }
    }
    Map<String, DeviceState> states = new HashMap<>();
    devices.forEach(
        (address, device) -> {
          device.told = device.state();
          states.put(address, device.told);
        });
    return states;
  }

  /** Devices with a call, from the answer of {@code GET /endpoints/PJSIP}. */
  static Set<String> withCalls(Json endpoints) {
    Set<String> busy = new HashSet<>();
    for (Json endpoint : endpoints.items()) {
      if (!endpoint.at("channel_ids").items().isEmpty()) {
        busy.add(endpoint.text("resource"));
      }
    }
    return busy;
  }

  /**
   * A contact came, went, or was asked whether it lives; the changed state of its device, or null.
   */
  @Nullable Change contact(Ami.Packet packet) {
    String address = packet.get("EndpointName");
    Device device = devices.get(address);
    if (device == null) {
      return null;
    }
    String status = packet.get("ContactStatus");
    if (status.equals("Removed")) {
      device.contacts.remove(packet.get("URI"));
    } else {
      device.contacts.put(packet.get("URI"), reachable(status));
    }
    return changed(address, device, packet.at());
  }

  /** A device took a call or lost its last one. */
  @Nullable Change call(AriEvent event) {
    if (!event.device.startsWith(TECHNOLOGY)) {
      return null;
    }
    String address = event.device.substring(TECHNOLOGY.length());
    Device device = devices.get(address);
    if (device == null) {
      return null;
    }
    device.busy = BUSY.contains(event.deviceState);
    return changed(address, device, event.at);
  }

  /** A state that was not told yet. */
  record Change(String address, DeviceState state, long at) {}

  private static final Set<String> BUSY = Set.of("BUSY", "INUSE", "RINGING", "RINGINUSE", "ONHOLD");

  private static @Nullable Change changed(String address, Device device, long at) {
    DeviceState now = device.state();
    if (Objects.equals(device.told, now)) {
      return null;
    }
    device.told = now;
    return new Change(address, now, at);
  }

  /** A contact that is never asked, or was not yet, is taken for reachable. */
  private static boolean reachable(String status) {
    return !status.equals("Unreachable");
  }
}
