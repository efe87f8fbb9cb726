package io.cordboard.adapters.rest.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordboard.kernel.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  private final Times times = new Times();
  private final Language language;
  private final Map<String, Object> row = new HashMap<>();

  LanguageTest() {
    times.add("local", "yyyy-MM-dd HH:mm:ss", java.time.ZoneId.of("Asia/Shanghai"));
    HostFunctions host = new HostFunctions(
        new Numbers("CN"), times, Map.of("level", () -> Table.of(Map.of("GOLD", 3, "otherwise", 1))));
    language = new Language(host, Duration.ofMillis(200));
    row.put("id", 9007199254740993L);
    row.put("price", new BigDecimal("0.1234567890123456789"));
    row.put("none", null);
    row.put("name", "王伟");
    row.put("deep", Map.of("a b", Map.of("c", 5)));
    row.put("phones", List.of(Map.of("value", "138 0013 8000")));
    row.put("long", "x".repeat(2_000));
  }

  private @Nullable Object value(String formula) {
    return language.compile(formula).value(new Scope(row, new HashMap<>(Map.of("q", "+8613800138000"))));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      name                                    | 王伟
      deep.`a b`.c                            | 5
      $string(id)                             | 9007199254740993
      $string(id) & ''                        | 9007199254740993
      $string(price)                          | 0.1234567890123456789
      $decimal(price)                         | 0.1234567890123456789
      phones.value                            | 138 0013 8000
      $phone(phones[0].value, 'e164')         | +8613800138000
      $phone($q, 'tail9')                     | 800138000
      $phone($q, 'national')                  | 138 0013 8000
      $phone($q, 'double_zero')               | 008613800138000
      $phone('nobody', 'e164')                | MISSING
      $time('2026-01-05 09:00:00', 'local')   | 2026-01-05T01:00:00Z
      $time('2026-01-05T09:00:00+0800','iso') | 2026-01-05T01:00:00Z
      $time(1767574800, 'epoch_s')            | 2026-01-05T01:00:00Z
      $time('', 'iso')                        | MISSING
      $render('2026-01-05T01:00:00Z','local') | 2026-01-05 09:00:00
      $render('2026-01-05T01:00:00Z','epoch_ms') | 1767574800000
      $duration(95, 'ms')                     | 95000
      $duration(95, 'hh:mm')                  | 00:02
      $duration(95, 'mm:ss')                  | 01:35
      $duration(95, 'minutes')                | 2
      $duration(5, 'minutes_up')              | 1
      $duration(3695, 'hours')                | 1
      $duration(3695, 'minutes_rest')         | 1
      $duration(95, 's_text')                 | 95
      $table('level', 'GOLD')                 | 3
      $table('level', 'TIN')                  | 1
      $ours('level', 3)                       | GOLD
      $quote("O'x", 'sql')                    | 'O''x'
      $quote("O'x", 'backslash')              | 'O\\'x'
      $quote("O'x", 'double')                 | "O'x"
      $quote('(a,b)', 'brackets')             | \\(a\\,b\\)
      $hmac('sha1', 'hex', 'k', 'abc')        | f9bef091fe00d9f5128593836dba99e193f08174
      name & '-' & $string(id)                | 王伟-9007199254740993
      'a' & missing & 'b'                     | ab
      'x' & deep.`a b`.c = 'x5'               | true
      name = '王伟'                           | true
      name != '王伟'                          | false
      missing = 'x'                           | false
      missing != 'x'                          | false
      none = null                             | true
      deep.`a b`.c = 5                        | true
      id = 9007199254740993                   | true
      phones.value = '138 0013 8000'          | true
      deep = deep                             | true
      missing                                 | MISSING
      missing.deeper                          | MISSING
      name.deeper                             | MISSING
      $string(missing)                        | MISSING
      $string(none)                           | MISSING
      none                                    | null
      """)
  void aFormulaYieldsWhatItSays(String formula, String wished) {
    assertThat(String.valueOf(value(formula))).isEqualTo(wished);
    assertThat(String.valueOf(value("(" + formula + ")"))).as("by the whole language").isEqualTo(wished);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$eval('1')", "$pad('x', 200000000)", "$now()", "$millis()", "$random()", "$shuffle([1])"})
  void whatCannotBeRepeatedOrLimitedIsClosed(String formula) {
    assertThatThrownBy(() -> value(formula)).isInstanceOf(Fault.BadRequest.class).hasMessageContaining("not allowed");
  }

  @Test
  void aFormulaThatIsTooLongOrTooDeepIsRefusedBeforeItIsRead() {
    assertThatThrownBy(() -> language.compile("a".repeat(2_001) + "+1")).isInstanceOf(Fault.BadRequest.class);
    assertThatThrownBy(() -> language.compile("[".repeat(900) + "]".repeat(900))).isInstanceOf(Fault.BadRequest.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "($f := function($n){$f($n + 1)}; $f(0))",
      "($f := function($s, $n){$n = 0 ? $s : $f($s & $s, $n - 1)}; $f('xxxxxxxx', 40))",
      "$count([1..9000000].($ * 2))",
      "$sum([1..9000000].[1..1000])"})
  void aFormulaThatDoesNotEndIsGivenUp(String formula) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> value(formula)).isInstanceOf(Fault.Refused.class).hasMessageContaining("could not be worked out");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aPatternSeesShortTextsOnly() {
    assertThat(value("$contains(name, /伟$/)")).isEqualTo(true);
    assertThatThrownBy(() -> value("$contains(long, /x+y/)")).isInstanceOf(Fault.Refused.class).hasMessageContaining("too long");
  }

  @Test
  void oneCompiledFormulaIsUsedByManyThreads() throws Exception {
    Expression formula = language.compile("$string(id) & '-' & n");
    List<Thread> threads = new ArrayList<>();
    List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int t = 0; t < 8; t++) {
      int mine = t;
      threads.add(Thread.ofPlatform().start(() -> {
        for (int i = 0; i < 500; i++) {
          Object found = formula.value(new Scope(Map.of("id", mine, "n", i), Map.of()));
          if (!(mine + "-" + i).equals(found)) {
            wrong.add(String.valueOf(found));
          }
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }
}
