package io.cordboard.testkit.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cordboard.kernel.Fault;
import io.cordboard.spi.crm.Ability;
import io.cordboard.spi.crm.ReceiveHooks;
import io.cordboard.spi.crm.ReceiveHooks.Hook;
import io.cordboard.spi.crm.ReceiveHooks.Notice;
import io.cordboard.spi.crm.RecordKind;
import io.cordboard.testkit.crm.CrmHarness.Able;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the system sends by itself. */
interface CrmHookCases {
  CrmRig rig();

  private ReceiveHooks hooks(RecordKind kind) {
    return rig().crm().as(ReceiveHooks.class, kind);
  }

  private String some(RecordKind kind) {
    return rig().makes(kind, rig().fresh("Told"));
  }

  @Test
  default void aHookTellsWhichRecordChanged() {
    rig().needs(Able.HANDS, Able.HOOKS);
    rig()
        .each(
            kind -> {
              String id = some(kind);
              List<Notice> notices = hooks(kind).read(rig().harness().hook(kind, id));
              assertThat(notices).isNotEmpty().allMatch(notice -> notice.kind() == kind && notice.id().equals(id));
            },
            Ability.HOOKS);
  }

  @Test
  default void aRepeatedHookIsKnownAsTheSameAndAnotherAsAnother() {
    rig().needs(Able.HANDS, Able.HOOKS);
    rig()
        .each(
            kind -> {
              String id = some(kind);
              Hook hook = rig().harness().hook(kind, id);
              String once = hooks(kind).read(hook).getFirst().once();
              assertThat(hooks(kind).read(hook).getFirst().once()).isEqualTo(once);
              rig().rewords(kind, id, rig().fresh("Again"));
              String next = hooks(kind).read(rig().harness().hook(kind, id)).getFirst().once();
              if (!once.isEmpty()) {
                assertThat(next).isNotEqualTo(once);
              }
            },
            Ability.HOOKS);
  }

  @Test
  default void anUnsignedHookIsRefused() {
    rig().needs(Able.HANDS, Able.HOOKS);
    assumeTrue(!rig().harness().signature().isEmpty(), "this system signs nothing");
    rig()
        .each(
            kind -> {
              Hook hook = rig().harness().hook(kind, some(kind));
              for (String header : rig().harness().signature()) {
                Map<String, String> without = new HashMap<>(hook.headers());
                assertThat(without.remove(header)).as(header).isNotNull();
                Hook bare = new Hook(hook.uri(), without, hook.body(), hook.at());
                assertThat(rig().fault(() -> hooks(kind).read(bare))).isInstanceOf(Fault.AuthLapsed.class);
              }
            },
            Ability.HOOKS);
  }

  @Test
  default void aHookOfWhichOneByteWasChangedIsRefused() {
    rig().needs(Able.HANDS, Able.HOOKS, Able.SIGNED_HOOKS);
    rig()
        .each(
            kind -> {
              Hook hook = rig().harness().hook(kind, some(kind));
              byte[] body = hook.body().clone();
              body[body.length / 2] ^= 1;
              Hook changed = new Hook(hook.uri(), hook.headers(), body, hook.at());
              assertThat(rig().fault(() -> hooks(kind).read(changed))).isInstanceOf(Fault.AuthLapsed.class);
            },
            Ability.HOOKS);
  }

  @Test
  default void anOldHookIsRefused() {
    rig().needs(Able.HANDS, Able.HOOKS, Able.SIGNED_HOOKS);
    rig()
        .each(
            kind -> {
              Hook old = rig().harness().oldHook(kind, some(kind), Duration.ofHours(2));
              assertThat(rig().fault(() -> hooks(kind).read(old))).isInstanceOf(Fault.AuthLapsed.class);
            },
            Ability.HOOKS);
  }

  @Test
  default void aHookThatSaysNothingIsNotUnderstood() {
    rig().needs(Able.HOOKS);
    rig()
        .each(
            kind -> {
              for (String body : List.of("", "{", "[]", "null", "<html>", "{\"id\":{}}", "\u0000")) {
                Hook odd = rig().harness().signed(body.getBytes(StandardCharsets.UTF_8));
                assertThat(rig().fault(() -> hooks(kind).read(odd))).isInstanceOf(Fault.BadRequest.class);
              }
            },
            Ability.HOOKS);
  }
}
