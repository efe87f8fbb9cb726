# What an administrator would set up once: a country for numbers without one, and a second language.
env.company.country_id = env.ref("base.us")
env["res.lang"]._activate_lang("zh_CN")
env["ir.config_parameter"].set_param("mail.default.from", "odoo@localhost")
env.cr.commit()
print("settled")
