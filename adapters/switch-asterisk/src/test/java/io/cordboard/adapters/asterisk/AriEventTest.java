package io.cordboard.adapters.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AriEventTest {
  @Test
  void timesAreReadAsTheLibraryReadsThem() {
    Random random = new Random(7);
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx");
    for (int i = 0; i < 20_000; i++) {
      Instant time = Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L));
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-720, 720));
      String text = format.format(time.atOffset(zone));
      assertThat(AriEvent.micros(text))
          .as(text)
          .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }
  }

  @Test
  void whatIsNoTimeIsZeroOrNonsenseAndNoException() {
    assertThat(AriEvent.micros("")).isZero();
    assertThat(AriEvent.micros("yesterday")).isZero();
    AriEvent.micros("x".repeat(40));
  }

  @Test
  void headersGiveTheNumberAndTheName() {
    String[][] cases = {
      {
        "\"Li Lei\" <sip:+8613800138000@10.0.0.1:5060;user=phone>;tag=x", "+8613800138000", "Li Lei"
      },
      {"<sip:1001@a>", "1001", ""},
      {"sip:1001@a;tag=1", "1001", ""},
      {"Bob <tel:+44-20-7183>", "+44-20-7183", "Bob"},
      {"\"a <b> \\\"c\\\"\" <sip:7@h>", "7", "a <b> \"c\""},
      {"\"张三\" <sip:%F0%9F%98%80@h>", "😀", "张三"},
      {"<sip:50%zz@h>", "50%zz", ""},
      {"<sip:host.only>", "", ""},
      {"\"x\" <sip:" + "9".repeat(100) + "@h>", "9".repeat(100), "x"},
      {"", "", ""},
      {"<<<>>>\"", "", ""},
    };
    for (String[] one : cases) {
      assertThat(AriChannel.userOf(one[0])).as("number in %s", one[0]).isEqualTo(one[1]);
      assertThat(AriChannel.nameOf(one[0])).as("name in %s", one[0]).isEqualTo(one[2]);
    }
  }

  @Test
  void textOfAnyKindMakesNoHarmInACallerId() {
    assertThat(Dialler.callerId("Li Lei", "+8613800138000"))
        .isEqualTo("\"Li Lei\" <+8613800138000>");
    assertThat(Dialler.callerId(null, null)).isEqualTo("<anonymous>");
    assertThat(Dialler.callerId("a\"b<c>\r\nX: y\\", "13;cpc=1@evil\r\n"))
        .isEqualTo("\"a b c   X: y\" <13cpc1evil>");
    assertThat(Dialler.callerId("张".repeat(500), "1")).hasSizeLessThan(60);
  }

  @Test
  void jsonTextsAreQuoted() {
    assertThat(Json.read(Json.quote("a\"\\\n\t😀张").getBytes(StandardCharsets.UTF_8)).text())
        .isEqualTo("a\"\\\n\t😀张");
  }
}
