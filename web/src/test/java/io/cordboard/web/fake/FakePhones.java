package io.cordboard.web.fake;

import io.cordboard.core.trust.Phone;
import io.cordboard.web.phone.PhoneSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Browser phones on a switch that tests start. */
public final class FakePhones implements PhoneSettings {
  private volatile @Nullable URI socket;

  /** Where the switch listens. */
  public void socket(@Nullable URI now) {
    socket = now;
  }

  @Override
  public Optional<BrowserPhone> of(Phone phone) {
    return Optional.ofNullable(socket)
        .map(
            uri ->
                new BrowserPhone(
                    phone.address(),
                    "sip-password",
                    "cordboard.test",
                    List.of(new IceServer(List.of("stun:stun.example.test"), null, null)),
                    uri));
  }
}
