package io.cordboard.core.identity;

import io.cordboard.core.identity.Identification.Clear;
import io.cordboard.core.identity.Identification.NewCaller;
import io.cordboard.core.identity.Identification.Ranked;
import io.cordboard.core.identity.Identification.Several;
import io.cordboard.kernel.CustomerId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ranks the customers whom a number points to. Pure: the same facts in any order give the same
 * answer.
 *
 * <p>A candidate's weight is a base, multiplied by what speaks for it:
 *
 * <table>
 *   <caption>Weights</caption>
 *   <tr><th>fact</th><th>weight</th></tr>
 *   <tr><td>base: own mobile, e-mail, foreign id</td><td>8</td></tr>
 *   <tr><td>base: home, work</td><td>4</td></tr>
 *   <tr><td>base: company main line</td><td>1</td></tr>
 *   <tr><td>only owner, and not said to be shared</td><td>x 4</td></tr>
 *   <tr><td>confirmed by an agent; three times or more</td><td>x 4; x 8</td></tr>
 *   <tr><td>called from this number within 2 days; within 30</td><td>x 4; x 2</td></tr>
 *   <tr><td>called from another number within 2 days; within 30</td><td>x 2; x 1</td></tr>
 *   <tr><td>open ticket or service record</td><td>x 3</td></tr>
 *   <tr><td>order within 7 days; within 30</td><td>x 3; x 2</td></tr>
 *   <tr><td>the last call went to the same line</td><td>x 2</td></tr>
 * </table>
 *
 * <p>Confidence = weight / (sum of all weights + base of each owner who was not read + 1), where
 * the 1 stands for somebody whom we do not know at all. It is clear from {@value #CLEAR_FROM}: the
 * best weighs at least three times as much as everybody else together. So an only owner is always
 * clear, and one of thirty behind a main line only when several facts point to them.
 *
 * <p>Equal weights are ordered by level, last call, last order, then id.
 */
public final class Identity {
  static final double CLEAR_FROM = 0.75;

  private static final Comparator<Evidence> BEST_FIRST =
      Comparator.comparingLong(Evidence::weight)
          .thenComparingInt(evidence -> evidence.candidate().level())
          .thenComparing(evidence -> lastCallAt(evidence.candidate()), oldestFirst())
          .thenComparing(evidence -> evidence.candidate().lastOrderAt(), oldestFirst())
          .reversed()
          .thenComparing(evidence -> evidence.candidate().customer());

  private Identity() {}

  /** Who is calling. A customer who is told twice counts once, by the stronger facts. */
  public static Identification rank(List<Candidate> candidates, CallFacts call) {
    return switch (call.number()) {
      case CallerNumber.Withheld _ -> new Identification.Withheld();
      case CallerNumber.Internal(var extension) -> new Identification.Internal(extension);
      case CallerNumber.Unreadable _ -> new NewCaller(null);
      case CallerNumber.Known _, CallerNumber.ShortCode _ -> rankOwners(candidates, call);
    };
  }

  private static Identification rankOwners(List<Candidate> candidates, CallFacts call) {
    if (candidates.size() == 1 && !candidates.getFirst().doNotMatch()) {
      // most calls: nothing to group and to order
      Candidate only = candidates.getFirst();
      int many = Math.max(1, only.number().owners());
      return decided(List.of(Evidence.of(only, call, many)), many);
    }
    Set<CustomerId> ruledOut = customers(candidates.stream().filter(Candidate::doNotMatch));
    int owners = owners(candidates) - ruledOut.size();
    List<Evidence> ranked =
        ranked(candidates.stream().filter(one -> !ruledOut.contains(one.customer())), call, owners);
    if (ranked.isEmpty()) {
      return new NewCaller(call.number().canonical());
    }
    return decided(ranked, owners);
  }

  private static Identification decided(List<Evidence> ranked, int owners) {
    long all = total(ranked, owners);
    List<Ranked> answer = ranked.stream().map(one -> confidence(one, all)).toList();
    Ranked best = answer.getFirst();
    return best.confidence() >= CLEAR_FROM ? new Clear(best, answer) : new Several(answer);
  }

  private static List<Evidence> ranked(Stream<Candidate> candidates, CallFacts call, int owners) {
    return candidates
        .map(candidate -> Evidence.of(candidate, call, owners))
        .collect(Collectors.groupingBy(evidence -> evidence.candidate().customer()))
        .values()
        .stream()
        .map(Identity::strongest)
        .sorted(BEST_FIRST)
        .toList();
  }

  /** Reasons decide between facts of one customer that are equal in all that ranks them. */
  private static Evidence strongest(Collection<Evidence> ofOneCustomer) {
    return ofOneCustomer.stream()
        .min(BEST_FIRST.thenComparing(evidence -> evidence.reasons().toString()))
        .orElseThrow();
  }

  /** How many have the number, whether they were read or not. */
  private static int owners(List<Candidate> candidates) {
    int told = candidates.stream().mapToInt(one -> one.number().owners()).max().orElse(0);
    return Math.max(told, customers(candidates.stream()).size());
  }

  private static Set<CustomerId> customers(Stream<Candidate> candidates) {
    return candidates.map(Candidate::customer).collect(Collectors.toSet());
  }

  private static long total(List<Evidence> ranked, int owners) {
    long read = ranked.stream().mapToLong(Evidence::weight).sum();
    long base = Evidence.base(ranked.getFirst().candidate().number().kind());
    return read + base * Math.max(0, owners - ranked.size()) + Evidence.OTHER_OWNER;
  }

  private static Ranked confidence(Evidence evidence, long all) {
    double confidence = (double) evidence.weight() / all;
    return new Ranked(evidence.candidate().customer(), confidence, evidence.reasons());
  }

  private static @Nullable Instant lastCallAt(Candidate candidate) {
    return candidate.lastCall() == null ? null : candidate.lastCall().at();
  }

  private static Comparator<@Nullable Instant> oldestFirst() {
    return Comparator.nullsFirst(Comparator.naturalOrder());
  }
}
