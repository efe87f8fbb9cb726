package io.cordboard.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordboard.core.routing.Directory.Agent;
import io.cordboard.core.routing.Directory.Device;
import io.cordboard.core.routing.Directory.Phone;
import io.cordboard.kernel.AgentId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  @Test
  void aDeviceHasAnOwnerOnItsOwnSwitchOnly() {
    AgentId ann = new AgentId(new UUID(1, 1));
    Device device = new Device("pbx", "1001", Phone.SIP);
    Directory team =
        new Directory(
            Map.of(), Map.of(), Map.of(ann, new Agent(ann, "ann", "Ann", List.of(device))), List.of());
    assertThat(team.ownerOf("pbx", "1001")).hasValue(ann);
    assertThat(team.ownerOf("pbx", "1002")).isEmpty();
    assertThat(team.ownerOf("demo", "1001")).isEmpty();
  }
}
