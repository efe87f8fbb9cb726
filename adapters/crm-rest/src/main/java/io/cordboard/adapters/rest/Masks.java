package io.cordboard.adapters.rest;

import io.cordboard.kernel.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes what is secret out of what the other side says. */
final class Masks {
  private static final int SHORTEST = 4;
  private static final int MOST = 200;
  private static final int LONGEST = 200;

  private final Set<String> fixed;
  private final Set<String> learnt = ConcurrentHashMap.newKeySet();

  Masks(Collection<String> secrets) {
    fixed = Set.copyOf(secrets.stream().filter(secret -> secret.length() >= SHORTEST).toList());
  }

  /** Something that became known on the way in, such as a token. */
  void learn(String secret) {
    if (secret.length() >= SHORTEST) {
      if (learnt.size() >= MOST) {
        learnt.clear();
      }
      learnt.add(secret);
    }
  }

  /** Words of the other side, short and harmless. */
  String harmless(String untrusted) {
    String words = Fault.cut(untrusted, 4 * LONGEST);
    for (Set<String> secrets : List.of(fixed, learnt)) {
      for (String secret : secrets) {
        words = words.replace(secret, "•••");
      }
    }
    return Fault.cut(words, LONGEST).replaceAll("[\\p{Cntrl}\\p{Cf}]", "·");
  }
}
