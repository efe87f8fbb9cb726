package io.cordboard.web.fake;

import io.cordboard.core.trust.Phone;
import io.cordboard.core.trust.SparePhones;
import io.cordboard.kernel.AgentId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Second phones in memory. */
public final class FakeSparePhones implements SparePhones {
  private final Map<AgentId, Phone> phones = new ConcurrentHashMap<>();

  @Override
  public Map<AgentId, Phone> all() {
    return Map.copyOf(phones);
  }

  @Override
  public void give(AgentId user, @Nullable Phone phone) {
    if (phone == null) {
      phones.remove(user);
    } else {
      phones.put(user, phone);
    }
  }

  @Override
  public void use(AgentId user, Phone.Kind kind) {
    throw new UnsupportedOperationException("Agents choose at their desks, which are not real here.");
  }
}
