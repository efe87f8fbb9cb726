package io.cordboard.core.profile;

import io.cordboard.kernel.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the rows of a file are, and what their columns may mean. */
public enum ImportKind {
  CUSTOMERS(
      List.of("name"),
      List.of(
          "kind", "language", "level", "since", "tags", "foreign-id", "mobile", "home", "work",
          "main-line", "email")),
  IDENTITIES(
      List.of("customer"),
      List.of("mobile", "home", "work", "main-line", "email", "foreign-id")),
  ORDERS(
      List.of("customer", "number", "at", "title", "amount", "state"),
      List.of("currency")),
  SERVICE(
      List.of("customer", "number", "opened", "title", "state"),
      List.of("closed"));

  /** Targets of identities; several columns may have the same. */
  public static final Set<String> IDENTITIES_OF =
      Set.of("mobile", "home", "work", "main-line", "email", "foreign-id");

  /** Headings that people use, without blanks and signs, for a first guess. */
  private static final Map<String, List<String>> HEADINGS =
      Map.ofEntries(
          Map.entry("name", List.of("name", "fullname", "customername", "姓名", "名称", "客户名称", "客户姓名", "公司名称")),
          Map.entry("kind", List.of("kind", "type", "customertype", "客户类型", "类型")),
          Map.entry("language", List.of("language", "lang", "语言")),
          Map.entry("level", List.of("level", "tier", "客户等级", "等级", "级别")),
          Map.entry("since", List.of("since", "customersince", "registered", "注册日期", "注册时间", "开户日期")),
          Map.entry("tags", List.of("tags", "labels", "标签")),
          Map.entry("foreign-id", List.of("foreignid", "externalid", "id", "customerid", "客户编号", "会员号", "编号")),
          Map.entry("customer", List.of("customer", "customerid", "foreignid", "externalid", "客户编号", "客户", "会员号", "手机号")),
          Map.entry("mobile", List.of("mobile", "mobilephone", "phone", "cell", "telephone", "手机", "手机号", "手机号码", "电话", "联系电话")),
          Map.entry("home", List.of("home", "homephone", "住宅电话", "家庭电话", "固定电话")),
          Map.entry("work", List.of("work", "workphone", "办公电话", "单位电话")),
          Map.entry("main-line", List.of("mainline", "switchboard", "总机")),
          Map.entry("email", List.of("email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件")),
          Map.entry("number", List.of("number", "orderno", "ordernumber", "ticketno", "ticketnumber", "订单号", "订单编号", "工单号", "单号")),
          Map.entry("at", List.of("at", "date", "orderdate", "orderedat", "下单时间", "订单日期", "日期", "时间")),
          Map.entry("opened", List.of("opened", "openedat", "created", "createdat", "创建时间", "受理时间", "报修时间")),
          Map.entry("closed", List.of("closed", "closedat", "完成时间", "关闭时间", "结束时间")),
          Map.entry("title", List.of("title", "subject", "product", "description", "商品", "商品名称", "标题", "主题", "问题描述")),
          Map.entry("amount", List.of("amount", "total", "price", "金额", "订单金额", "总价")),
          Map.entry("currency", List.of("currency", "币种", "货币")),
          Map.entry("state", List.of("state", "status", "状态", "订单状态", "工单状态")));

  private final List<String> required;
  private final List<String> optional;

  ImportKind(List<String> required, List<String> optional) {
    this.required = required;
    this.optional = optional;
  }

  /** Targets without which no row can be read. */
  public List<String> required() {
    return required;
  }

  public boolean knows(String target) {
    return required.contains(target) || optional.contains(target);
  }

  public List<String> optional() {
    return optional;
  }

  /** What a column with this heading is likely to mean; empty for nothing. */
  public String guess(String heading) {
    String plain = heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    for (List<String> targets : List.of(required, optional)) {
      for (String target : targets) {
        if (HEADINGS.getOrDefault(target, List.of()).contains(plain)) {
          return target;
        }
      }
    }
    return "";
  }

  /** As clients name it, such as {@code customers}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ImportKind of(String code) {
    for (ImportKind kind : values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw new Fault.BadRequest(
        "'%s' cannot be imported: use customers, identities, orders or service."
            .formatted(Fault.excerpt(code)));
  }
}
