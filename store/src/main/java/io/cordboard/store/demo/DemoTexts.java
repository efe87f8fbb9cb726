package io.cordboard.store.demo;

import java.util.List;

/** What invented customers bought, complained about and said. The two lists of a pair match in length. */
record DemoTexts(
    String language,
    List<String> products,
    List<String> currencies,
    List<String> issues,
    List<String> tags,
    List<String> notes) {

  static final DemoTexts CHINESE =
      new DemoTexts(
          "zh-CN",
          List.of(
              "对开门冰箱 501L", "滚筒洗衣机 10kg", "变频空调 1.5匹", "扫地机器人 S8", "65寸智能电视", "空气净化器滤芯",
              "净水器年度保养", "燃气热水器 16L", "嵌入式洗碗机", "延保服务 3年", "智能门锁 Pro", "破壁料理机"),
          List.of("CNY"),
          List.of(
              "冰箱不制冷，需上门检测", "洗衣机脱水异响", "空调安装改期", "配送地址修改", "发票抬头开错", "扫地机器人无法回充",
              "退款进度查询", "屏幕有坏点，申请换货", "热水器忽冷忽热", "门锁指纹识别失败"),
          List.of("老客户", "价格敏感", "偏好上午联系", "企业采购", "关注环保", "曾投诉", "会员日活跃", "推荐人"),
          List.of(
              "客户询问订单进度，已告知明天送达。", "核对地址后改约周六上门。", "客户对响应速度满意，建议回访。",
              "已补开发票，发送至邮箱。", "说明了保修范围，客户表示理解。", "客户情绪较急，已升级给班长处理。",
              "推荐了延保服务，客户考虑中。"));

  static final DemoTexts ENGLISH =
      new DemoTexts(
          "en",
          List.of(
              "Fridge freezer 500 l", "Washing machine 10 kg", "Air conditioner 3.5 kW", "Robot vacuum S8",
              "65\" smart TV", "Air purifier filter", "Water filter service, yearly", "Gas water heater",
              "Built-in dishwasher", "Extended warranty, 3 years", "Smart lock Pro", "Blender 1200 W"),
          List.of("GBP", "USD"),
          List.of(
              "Fridge does not cool, visit needed", "Washer is loud when spinning",
              "Installation to be moved", "Delivery address changed", "Invoice on the wrong name",
              "Vacuum does not find its dock", "Where is my refund?", "Dead pixels, wants a replacement",
              "Water turns cold now and then", "Lock does not read fingerprints"),
          List.of(
              "regular", "asks for discounts", "call in the morning", "buys for a company", "eco-minded",
              "complained before", "active on sale days", "referrer"),
          List.of(
              "Asked about the order; told it arrives tomorrow.", "Moved the visit to Saturday.",
              "Happy with the quick answer; worth a follow-up.", "Sent the corrected invoice by e-mail.",
              "Explained what the warranty covers.", "Was upset; passed on to the supervisor.",
              "Offered the extended warranty; will think about it."));

  static DemoTexts of(boolean chinese) {
    return chinese ? CHINESE : ENGLISH;
  }
}
