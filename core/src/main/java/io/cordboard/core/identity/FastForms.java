package io.cordboard.core.identity;

import java.util.List;
import java.util.stream.Stream;

/**
 * The forms that {@link FastPlan} knows: ranges in which every number is in use according to
 * libphonenumber. A range that is missing here is only read more slowly; the differential test
 * fails on one that is wrong.
 */
final class FastForms {
  private FastForms() {}

  private static final List<String> CHINA_MOBILE =
      List.of(
          "13XXXXXXXXX",
          "14[57]XXXXXXXX",
          "15[0-35-9]XXXXXXXX",
          "16[25-7]XXXXXXXX",
          "17[0-35-8]XXXXXXXX",
          "18XXXXXXXXX",
          "19[0-35-9]XXXXXXXX");

  /** With numbers of eight digits. */
  private static final List<String> CHINA_LARGE_AREAS =
      List.of(
          "10", "20", "21", "22", "23", "24", "25", "27", "28", "29", "311", "371", "377", "379",
          "411", "431", "432", "451", "510", "511", "512", "513", "514", "515", "516", "517", "518",
          "519", "523", "527", "531", "532", "551", "571", "573", "574", "575", "576", "577", "579",
          "591", "595", "731", "755", "757", "760", "769", "791", "871", "898");

  /** With numbers of seven digits. */
  private static final List<String> CHINA_SMALL_AREAS =
      List.of(
          "310", "312", "335", "350", "351", "370", "372", "391", "412", "421", "470", "471", "530",
          "533", "535", "543", "550", "552", "561", "570", "580", "592", "631", "660", "662", "691",
          "701", "710", "730", "744", "750", "768", "771", "772", "790", "812", "818", "831", "870",
          "891", "901", "911", "931", "951", "971", "991");

  private static final String NORTH_AMERICA =
      """
      201 202 203 204 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 226 228 229
      231 234 236 239 240 248 249 250 251 252 253 254 256 260 262 267 269 270 272 276 281 289 301
      302 303 304 305 306 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 331
      334 336 337 339 343 346 347 351 352 360 361 364 365 380 385 386 401 402 403 404 405 406 407
      408 409 410 412 413 414 415 416 417 418 419 423 424 425 430 431 432 434 435 437 438 440 442
      443 450 458 463 469 470 475 478 479 480 484 501 502 503 504 505 506 507 508 509 510 512 513
      514 515 516 517 518 519 520 530 531 534 539 540 541 548 551 559 561 562 563 567 570 571 573
      574 575 579 580 581 585 586 587 601 602 603 604 605 606 607 608 609 610 612 613 614 615 616
      617 618 619 620 623 626 628 629 630 631 636 639 641 646 647 650 651 657 660 661 662 667 669
      672 678 681 682 701 702 703 704 705 706 707 708 709 712 713 714 715 716 717 718 719 720 724
      725 727 731 732 734 737 740 743 747 754 757 760 762 763 765 769 770 772 773 774 775 778 779
      780 781 782 785 786 801 802 803 804 805 806 807 808 810 812 813 814 815 816 817 818 819 825
      828 830 831 832 843 845 847 848 850 854 856 857 858 859 860 862 863 864 865 867 870 872 873
      878 901 902 903 904 905 906 907 908 909 910 912 913 914 915 916 917 918 919 920 925 928 929
      930 931 934 936 937 938 940 941 947 949 951 952 954 956 959 970 971 972 973 978 979 980 984
      985 989
      """;

  private static final List<String> ELSEWHERE =
      List.of(
          "4420[78]XXXXXXX",
          "447[1-3]XXXXXXXX",
          "4474[0-46-9]XXXXXXX",
          "4475[13-9]XXXXXXX",
          "4477[1-7]XXXXXXX",
          "4479[024]XXXXXXX",
          "336[0-24-8]XXXXXXX",
          "337[3-9]XXXXXXX",
          "81[7-9]0[1-9]XXXXXXX",
          "614[0-3]XXXXXXX",
          "82102XXXXXXX",
          "8210[346-9]XXXXXXX",
          "8526[13-59]XXXXXX",
          "8529[467]XXXXXX");

  private static List<String> chinaFixed() {
    return Stream.concat(
            CHINA_LARGE_AREAS.stream()
                .flatMap(area -> Stream.of(area + "[2-7]XXXXXXX", area + "8[1-9]XXXXXX")),
            CHINA_SMALL_AREAS.stream().map(area -> area + "[2-8]XXXXXX"))
        .toList();
  }

  private static List<String> northAmerica() {
    return Stream.of(NORTH_AMERICA.strip().split("\\s+")).map(area -> area + "NXXXXXX").toList();
  }

  private static List<String> prefixed(String prefix, List<String> patterns) {
    return patterns.stream().map(prefix::concat).toList();
  }

  @SafeVarargs
  private static List<String> all(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }

  /** After a plus sign. */
  static FastPlan international() {
    return FastPlan.compile(0, world(), List.of());
  }

  /** Without a plus sign, in China. */
  static FastPlan china() {
    List<String> national = all(CHINA_MOBILE, chinaFixed());
    return FastPlan.compile(
        86,
        all(prefixed("00", world()), prefixed("86", national)),
        all(national, prefixed("0", national)));
  }

  /** Without a plus sign, in the United States or Canada. */
  static FastPlan america() {
    return FastPlan.compile(1, prefixed("1", northAmerica()), northAmerica());
  }

  private static List<String> world() {
    return all(
        prefixed("86", CHINA_MOBILE),
        prefixed("86", chinaFixed()),
        prefixed("1", northAmerica()),
        ELSEWHERE);
  }
}
