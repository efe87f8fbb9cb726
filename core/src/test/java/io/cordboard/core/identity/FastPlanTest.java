package io.cordboard.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.cordboard.kernel.PhoneNumber;
import io.cordboard.testkit.Seeded;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FastPlanTest {
  private static final List<String> REGIONS =
      List.of("CN", "CN", "CN", "CN", "CN", "CN", "CN", "US", "CA", "GB");
  private final NumberPlans plans = new NumberPlans();

  @Test
  void theFastPathAgreesWithLibphonenumberOnAMillionNumbers() {
    compare(new ToldNumbers(20_260_101), 1_000_000);
  }

  @Test
  @Tag("nightly")
  void theFastPathAgreesWithLibphonenumberOnTwentyMillionOtherNumbers() {
    Seeded.forAll(20, random -> compare(new ToldNumbers(random.nextLong()), 1_000_000));
  }

  private void compare(ToldNumbers told, int inputs) {
    int answered = 0;
    for (int i = 0; i < inputs; i++) {
      String text = told.digits();
      String region = REGIONS.get(i % REGIONS.size());
      PhoneNumber fast = plans.fast(text, region);
      if (fast != null) {
        answered++;
        assertThat(fast.e164()).as("%s in %s", text, region).isEqualTo(byLibrary(text, region));
      }
    }
    System.out.printf(
        "fast path: %,d inputs, %,d answered, all as libphonenumber%n", inputs, answered);
    assertThat(answered).isGreaterThan(inputs / 4);
  }

  @Test
  void groupedNumbersReadAsLibphonenumberReadsThemRaw() {
    ToldNumbers told = new ToldNumbers(7);
    int compared = 0;
    for (int i = 0; i < 100_000; i++) {
      String digits = told.digits();
      String grouped = told.grouped(digits);
      PhoneNumber fast = plans.fast(Told.of(grouped).text(), "CN");
      if (fast != null) {
        compared++;
        assertThat(fast.e164()).as(grouped).isEqualTo(byLibrary(grouped, "CN"));
      }
    }
    assertThat(compared).isGreaterThan(20_000);
  }

  @Test
  void everyChineseMobileFormIsReadWithoutTheLibrary() {
    for (String prefix : List.of("", "0", "86", "0086", "+86")) {
      for (String operator :
          List.of("130", "138", "145", "150", "166", "172", "188", "191", "199")) {
        assertThat(plans.fast(prefix + operator + "00138000", "CN"))
            .as(prefix + operator)
            .isEqualTo(new PhoneNumber("+86" + operator + "00138000"));
      }
    }
  }

  @Test
  void whatIsNotCommonIsLeftToTheLibrary() {
    for (String text :
        List.of(
            "",
            "+",
            "10086",
            "+4930123456",
            "82100000",
            "1".repeat(30),
            "138001380a0",
            "+8",
            "*43")) {
      assertThat(plans.fast(text, "CN")).as(text).isNull();
    }
    assertThat(plans.fast("13800138000", "GB")).isNull();
  }

  @Test
  void aFormWithTwoMeaningsIsNotAnswered() {
    FastPlan plan = FastPlan.compile(86, List.of("1XX"), List.of("11X", "22"));
    assertThat(plan.read("123", 0)).isEqualTo(123);
    assertThat(plan.read("113", 0)).isZero();
    assertThat(plan.read("22", 0)).isEqualTo(8622);
    assertThat(plan.read("12", 0)).isZero();
  }

  /** Prints what reading costs; no figure is asserted, because machines differ. */
  @Test
  void theCostOfBothPathsIsPrinted() {
    ToldNumbers told = new ToldNumbers(11);
    List<String> common =
        Stream.generate(told::digits)
            .filter(text -> plans.fast(text, "CN") != null)
            .limit(20_000)
            .toList();
    double fast = nanosEach(common, plans::fast, 100);
    double slow = nanosEach(common, plans::slow, 2);
    System.out.printf(
        "fast path %.0f ns, libphonenumber %.0f ns a number (CPU), ratio %.0f%n",
        fast, slow, slow / fast);
    assertThat(fast).isPositive();
  }

  private static double nanosEach(
      List<String> texts, BiFunction<String, String, @Nullable PhoneNumber> read, int rounds) {
    var threads = ManagementFactory.getThreadMXBean();
    int found = 0;
    for (int i = 0; i < rounds; i++) {
      found += round(texts, read);
    }
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < rounds; i++) {
      found += round(texts, read);
    }
    long nanos = threads.getCurrentThreadCpuTime() - start;
    assertThat(found).isEqualTo(2 * rounds * texts.size());
    return (double) nanos / rounds / texts.size();
  }

  private static int round(
      List<String> texts, BiFunction<String, String, @Nullable PhoneNumber> read) {
    int found = 0;
    for (String text : texts) {
      found += read.apply(text, "CN") == null ? 0 : 1;
    }
    return found;
  }

  /** Independent of our own code: parse, check, format. */
  private static @Nullable String byLibrary(String text, String region) {
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    try {
      var number = library.parse(text, region);
      return library.isValidNumber(number) ? library.format(number, PhoneNumberFormat.E164) : null;
    } catch (NumberParseException noNumber) {
      return null;
    }
  }
}
