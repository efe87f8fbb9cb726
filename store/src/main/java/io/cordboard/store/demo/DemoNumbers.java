package io.cordboard.store.demo;

import java.util.List;
import java.util.Locale;

/**
 * Numbers that ring nobody; {@code docs/demo-data.md} tells why. Each call gives another number. One
 * thread.
 */
final class DemoNumbers {
  /** Ofcom's ranges for drama, as the digits before the last three. */
  private static final List<String> UK_DRAMA =
      List.of(
          "+442079460", "+441134960", "+441144960", "+441154960", "+441164960", "+441174960",
          "+441184960", "+441214960", "+441314960", "+441414960", "+441514960", "+441614960",
          "+441914980", "+442896496", "+442920180", "+441632960");

  private static final int MOBILES = 7_000;
  private static final int LANDLINES = 15_000;
  private static final String UK_MOBILE = "+447700900";
  private static final List<String> US_AREAS =
      List.of(
          ("201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234"
                  + " 239 240 248 251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307"
                  + " 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 334 336 337 339 347")
              .split(" "));
  private static final List<String> CN_AREAS =
      List.of("10", "21", "20", "755", "571", "25", "28", "27");
  private static final long HUNDRED_MILLION = 100_000_000L;
  private static final long TEN_MILLION = 10_000_000L;
  // odd and no multiple of five, so that it permutes every power of ten
  private static final long SPREAD = 61_803_399L;

  private final boolean inUse;
  private long chineseMobiles;
  private long chineseLandlines;
  private long englishMobiles;
  private long englishLandlines;

  /**
   * Makes them.
   *
   * @param inUse Chinese mobiles from ranges in use, for a benchmark of a database that never dials
   */
  DemoNumbers(boolean inUse) {
    this.inUse = inUse;
  }

  /** Whether there are fictional English numbers left for one more family or company. */
  boolean englishLeft() {
    return englishMobiles < MOBILES && englishLandlines < LANDLINES;
  }

  String mobile(boolean chinese) {
    return chinese ? chineseMobile(chineseMobiles++) : englishMobile(englishMobiles++);
  }

  /** A home's number, or a company's main line. */
  String landline(boolean chinese) {
    return chinese ? chineseLandline(chineseLandlines++) : englishLandline(englishLandlines++);
  }

  // 154 belongs to no operator
  private String chineseMobile(long k) {
    return format(inUse ? "+86136%08d" : "+86154%08d", spread(k, HUNDRED_MILLION));
  }

  // no local number in China begins with 0
  private static String chineseLandline(long k) {
    String area = CN_AREAS.get((int) (k % CN_AREAS.size()));
    return format("+86" + area + "0%07d", spread(k / CN_AREAS.size(), TEN_MILLION));
  }

  private static String englishMobile(long k) {
    return k < 1000 ? format(UK_MOBILE + "%03d", spread(k, 1000)) : american(k - 1000);
  }

  private static String englishLandline(long k) {
    String area = UK_DRAMA.get((int) (k % UK_DRAMA.size()));
    return format(area + "%03d", spread(k / UK_DRAMA.size(), 1000));
  }

  // 555-0100 to 555-0199 are kept free for fiction
  private static String american(long k) {
    String area = US_AREAS.get((int) (k % US_AREAS.size()));
    return format("+1" + area + "55501%02d", spread(k / US_AREAS.size(), 100));
  }

  private static long spread(long k, long size) {
    return (k % size) * SPREAD % size;
  }

  private static String format(String pattern, long number) {
    return String.format(Locale.ROOT, pattern, number);
  }
}
