package io.cordboard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.AgentId;
import io.cordboard.kernel.Fault;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PermissionTest {
  private static final UUID ME = new UUID(1, 1);
  private static final AgentId MINE = new AgentId(ME);
  private static final AgentId OTHER = new AgentId(new UUID(1, 2));

  @Test
  void theTableIsWhatWeThinkItIs() {
    assertThat(Role.AGENT.permissions())
        .containsExactlyInAnyOrder(
            Permission.TAKE_CALLS,
            Permission.DIAL_OUT,
            Permission.SEE_CUSTOMERS,
            Permission.EDIT_CUSTOMERS,
            Permission.WORK_TASKS,
            Permission.PLAY_OWN_RECORDINGS,
            Permission.PLACE_TEST_CALLS);
    assertThat(Role.INTEGRATION.permissions()).containsExactly(Permission.SEND_EVENTS);
    assertThat(Role.ADMINISTRATOR.permissions())
        .doesNotContain(
            Permission.SEE_CUSTOMERS,
            Permission.PLAY_OWN_RECORDINGS,
            Permission.PLAY_EVERY_RECORDING,
            Permission.TAKE_CALLS);
    assertThat(Role.SUPERVISOR.permissions())
        .contains(Permission.PLAY_EVERY_RECORDING, Permission.RELEASE_AGENTS)
        .doesNotContain(Permission.MANAGE_USERS, Permission.MANAGE_KEYS, Permission.READ_AUDIT);
  }

  @Test
  void everyPermissionIsHeldBySomebodyButNoneByAll() {
    for (Permission permission : Permission.values()) {
      assertThat(permission.roles()).isNotEmpty().hasSizeLessThan(Role.values().length);
    }
  }

  @Test
  void whatIsNotInTheTableIsDeniedByName() {
    Principal agent = user(Role.AGENT, Set.of());
    assertThat(agent.may(Permission.MANAGE_KEYS)).isFalse();
    assertThatThrownBy(() -> agent.mustHave(Permission.MANAGE_KEYS))
        .isInstanceOf(Fault.Refused.class)
        .hasMessageContaining("MANAGE_KEYS");
  }

  @Test
  void theProductItselfHoldsNoRightAtAnyDoor() {
    for (Permission permission : Permission.values()) {
      assertThat(Principal.system("ledger").may(permission)).isFalse();
    }
  }

  @Test
  void anAgentPlaysOwnSegmentsOnly() {
    Principal agent = user(Role.AGENT, Set.of());
    assertThat(agent.mayPlay(MINE)).isTrue();
    assertThat(agent.mayPlay(OTHER)).isFalse();
  }

  @Test
  void aSupervisorPlaysAllAndAnAdministratorNoneUnlessGranted() {
    assertThat(user(Role.SUPERVISOR, Set.of()).mayPlay(OTHER)).isTrue();
    assertThat(user(Role.ADMINISTRATOR, Set.of()).mayPlay(MINE)).isFalse();
    assertThat(user(Role.ADMINISTRATOR, Set.of(Permission.PLAY_EVERY_RECORDING)).mayPlay(OTHER))
        .isTrue();
  }

  @Test
  void aKeyIsNobodysAgent() {
    Principal key = new Principal(Principal.Kind.KEY, ME, "k", Role.AGENT, Set.of());
    assertThat(key.mayPlay(MINE)).isFalse();
    assertThat(key.agent()).isEmpty();
  }

  private static Principal user(Role role, Set<Permission> grants) {
    return new Principal(Principal.Kind.USER, ME, "me", role, grants);
  }
}
