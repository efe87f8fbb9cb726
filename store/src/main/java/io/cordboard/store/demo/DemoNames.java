package io.cordboard.store.demo;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Names put together from common parts. */
final class DemoNames {
  private static final List<String> ZH_FAMILY =
      words(
          "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董"
              + " 潘 袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 欧阳 上官 司马");
  private static final List<String> ZH_GIVEN =
      words(
          "伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 秀兰 建华 建国 志强 海燕 晓东 春梅 文博 子轩"
              + " 梓涵 雨桐 欣怡 浩然 思远 一诺 嘉怡 俊杰 诗涵 天宇 晨曦 佳琪 雪梅 国栋 红梅 玉兰 丹丹 婷婷 宇航 凯");
  private static final List<String> EN_FAMILY =
      words(
          "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans"
              + " Walker White Roberts Green Hall Wood Clarke Hughes Edwards Hill Moore Clark Harrison Scott"
              + " Young Morris Ward Turner Carter Phillips Mitchell Campbell Anderson Garcia Martinez Nguyen"
              + " O'Brien Murphy Kelly Khan Singh Lopez Lee");
  private static final List<String> EN_GIVEN =
      words(
          "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard"
              + " Susan Joseph Jessica Thomas Sarah Charles Karen Daniel Lisa Matthew Nancy Anthony Sandra"
              + " Mark Ashley Steven Emily Andrew Olivia Paul Amelia Joshua Isla Kevin Ava George Grace Amir"
              + " Priya Mei Diego Chloe Zoë");
  private static final List<String> ZH_CITY =
      words("北京 上海 广州 深圳 杭州 南京 成都 武汉 西安 苏州 天津 青岛 厦门 长沙 合肥 宁波");
  private static final List<String> ZH_BRAND =
      words("恒达 瑞丰 东方 华信 金桥 远大 天元 中科 新锐 鼎盛 博雅 联创 海纳 星辰 盛世 宏图 安泰 锦绣 云帆 国泰");
  private static final List<String> ZH_TRADE =
      words("科技 贸易 物流 电子 医药 建材 食品 服饰 机械 咨询 文化传媒 餐饮管理 信息技术 新能源 教育");
  private static final List<String> EN_BRAND =
      words(
          "Northgate Harbour Silverline Oakfield Redwood Kingsway Blue-Heron Fairview Summit Castle Meridian"
              + " Willow Pioneer Lakeside Beacon Granite Orchard Cobalt Highland Juniper");
  private static final List<String> EN_TRADE =
      List.of(
          "Logistics", "Foods", "Dental Care", "Electronics", "Builders", "Interiors", "Books", "Motors",
          "Travel", "Software", "Garden Centre", "Print Works", "Clinic", "Energy", "Textiles");
  private static final List<String> EN_FORM = List.of("Ltd", "Inc.", "LLP", "& Sons Ltd", "Group plc");

  private DemoNames() {}

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  static String family(boolean chinese, RandomGenerator random) {
    return pick(chinese ? ZH_FAMILY : EN_FAMILY, random);
  }

  static String person(boolean chinese, String family, RandomGenerator random) {
    return chinese ? family + pick(ZH_GIVEN, random) : pick(EN_GIVEN, random) + " " + family;
  }

  static String company(boolean chinese, RandomGenerator random) {
    return chinese
        ? pick(ZH_CITY, random) + pick(ZH_BRAND, random) + pick(ZH_TRADE, random) + "有限公司"
        : pick(EN_BRAND, random).replace('-', ' ')
            + " "
            + pick(EN_TRADE, random)
            + " "
            + pick(EN_FORM, random);
  }

  /** An address at a domain that never exists (RFC 2606). */
  static String email(long number, boolean company) {
    return String.format(Locale.ROOT, "%s%d@customers.example", company ? "office" : "c", number);
  }
}
