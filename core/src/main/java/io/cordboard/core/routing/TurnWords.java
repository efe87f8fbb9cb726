package io.cordboard.core.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a waiting caller is told of their turn: one sentence for each thing, so that a switch which keeps
 * spoken sentences as files has few of them.
 */
public final class TurnWords {
  private static final int MOST_BEFORE = 50;

  private TurnWords() {}

  /** The language in which it is told, of those that we have words for. */
  public static String language(String wanted) {
    return wanted.startsWith("zh") || wanted.startsWith("yue") ? wanted : "en-US";
  }

  /**
   * The sentences.
   *
   * @param position counted from 1
   * @param minutes as {@link QueuePace#minutes} counts them
   */
  public static List<String> of(int position, int minutes, String language) {
    boolean chinese = !language.startsWith("en");
    List<String> words = new ArrayList<>();
    words.add(chinese ? positionZh(position) : positionEn(position));
    if (minutes != QueuePace.UNKNOWN) {
      words.add(chinese ? waitZh(minutes) : waitEn(minutes));
    }
    return words;
  }

  /** How to be called back instead of waiting. */
  public static String offer(String key, String language) {
    return language.startsWith("en")
        ? "To be called back when it is your turn, press %s.".formatted(key)
        : "如果希望我们按顺序给您回电，请按%s。".formatted(key);
  }

  /** Said to who asked for it. */
  public static String thanks(String language) {
    return language.startsWith("en")
        ? "Thank you. We will call you back when it is your turn. Goodbye."
        : "好的，我们会按您的排队顺序给您回电，再见。";
  }

  private static String positionZh(int position) {
    if (position == 1) {
      return "您是下一位。";
    }
    return position > MOST_BEFORE
        ? "您前面还有超过%d位来电者。".formatted(MOST_BEFORE)
        : "您现在排在第%d位。".formatted(position);
  }

  private static String positionEn(int position) {
    if (position == 1) {
      return "You are next.";
    }
    return position > MOST_BEFORE
        ? "There are more than %d callers before you.".formatted(MOST_BEFORE)
        : "You are number %d in the queue.".formatted(position);
  }

  private static String waitZh(int minutes) {
    if (minutes == 0) {
      return "预计等待不到一分钟。";
    }
    return minutes > QueuePace.MOST_MINUTES
        ? "预计等待超过%d分钟。".formatted(QueuePace.MOST_MINUTES)
        // 二分钟 is what a voice makes of a digit, and nobody says it
        : "预计等待约%s分钟。".formatted(minutes == 2 ? "两" : minutes);
  }

  private static String waitEn(int minutes) {
    if (minutes == 0) {
      return "The expected wait is less than one minute.";
    }
    if (minutes > QueuePace.MOST_MINUTES) {
      return "The expected wait is more than %d minutes.".formatted(QueuePace.MOST_MINUTES);
    }
    return minutes == 1
        ? "The expected wait is about one minute."
        : "The expected wait is about %d minutes.".formatted(minutes);
  }
}
