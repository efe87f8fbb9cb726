package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.spi.telephony.DeviceState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private final Devices devices =
      new Devices(List.of(new AsteriskConfig.Agent("1001", AsteriskConfig.Kind.SIP, "x")));

  @Test
  void aBrowserThatIsKilledInATalkIsUnregisteredAtOnce() {
    assertThat(contact("sip:a", "NonQualified")).isEqualTo(DeviceState.IDLE);
    assertThat(contact("sip:a", "Reachable")).isNull();
    assertThat(call("BUSY")).isEqualTo(DeviceState.BUSY);
    assertThat(contact("sip:a", "Removed")).isEqualTo(DeviceState.UNREGISTERED);
    assertThat(call("UNAVAILABLE")).isNull();
  }

  @Test
  void aPhoneThatGivesNoAnswerIsUnreachableAlsoInATalk() {
    contact("sip:a", "Reachable");
    call("INUSE");
    assertThat(contact("sip:a", "Unreachable")).isEqualTo(DeviceState.UNREACHABLE);
    assertThat(contact("sip:a", "Reachable")).isEqualTo(DeviceState.BUSY);
    assertThat(call("NOT_INUSE")).isEqualTo(DeviceState.IDLE);
  }

  @Test
  void aReloadedPageIsNotUnregisteredByTheEndOfItsOldContact() {
    contact("sip:old", "Reachable");
    assertThat(contact("sip:new", "Created")).isNull();
    assertThat(contact("sip:old", "Removed")).isNull();
    assertThat(contact("sip:new", "Removed")).isEqualTo(DeviceState.UNREGISTERED);
  }

  @Test
  void devicesThatNobodyConfiguredAreNotTold() {
    assertThat(devices.contact(packet("2001", "sip:b", "Created"))).isNull();
    assertThat(devices.call(event("PJSIP/2001", "BUSY"))).isNull();
    assertThat(devices.call(event("Stasis:1001", "BUSY"))).isNull();
  }

  @Test
  void aSnapshotReplacesWhatWasKnownAndIsNotToldAgain() {
    contact("sip:a", "Reachable");
    call("BUSY");
    var contact =
        new Ami.Packet(
            Map.of(
                "Event", "ContactList", "Endpoint", "1001", "Uri", "sip:c", "Status", "Reachable"),
            List.of());
    assertThat(devices.snapshot(Set.of(), List.of(contact)))
        .containsEntry("1001", DeviceState.IDLE);
    assertThat(call("NOT_INUSE")).isNull();
    assertThat(devices.snapshot(Set.of("1001"), List.of()))
        .containsEntry("1001", DeviceState.UNREGISTERED);
  }

  @Test
  void theWireIsUnderstood() {
    contact("sip:a", "Reachable");
    List<DeviceState> told =
        Wire.lines("devices-and-decline").stream()
            .map(AriEvent::read)
            .filter(event -> event.type.equals("DeviceStateChanged"))
            .map(
                event ->
                    devices.call(event(event.device.replace("1004", "1001"), event.deviceState)))
            .filter(change -> change != null)
            .map(Devices.Change::state)
            .toList();
    assertThat(told).containsExactly(DeviceState.BUSY, DeviceState.IDLE);
  }

  private DeviceState contact(String uri, String status) {
    return state(devices.contact(packet("1001", uri, status)));
  }

  private DeviceState call(String state) {
    return state(devices.call(event("PJSIP/1001", state)));
  }

  private static DeviceState state(Devices.Change change) {
    return change == null ? null : change.state();
  }

  private static Ami.Packet packet(String address, String uri, String status) {
    return new Ami.Packet(
        Map.of(
            "Event", "ContactStatus", "EndpointName", address, "URI", uri, "ContactStatus", status),
        List.of());
  }

  private static AriEvent event(String device, String state) {
    String json =
        "{\"type\":\"DeviceStateChanged\",\"device_state\":{\"name\":\"%s\",\"state\":\"%s\"}}"
            .formatted(device, state);
    return AriEvent.read(json.getBytes(StandardCharsets.UTF_8));
  }
}
