using Deltoid.Codes;
using Deltoid.Payers;
using Deltoid.Store.Model;
using Deltoid.Values;
using static Deltoid.Web.Texts;

namespace Deltoid.Web;

/// <summary>The profile by which the engine judges a payer's claims, in words.</summary>
static class PayerWords
{
    /// <summary>Name and sentence of what is known on a day.</summary>
    public static List<(string Name, string Says)> Of(CodeBook book, Payer payer, string state, string locality,
        DateOnly day)
    {
        if (!Words.PayerKinds.TryRead(payer.Kind, out var kind)) return [];
        var dash = locality.IndexOf('-', StringComparison.Ordinal);
        var profile = PayerProfile.For(book.PayerSettings, kind, day, PayerProfile.IdOfState(state),
            dash > 0 ? locality[..dash] : "", payer.Number);
        var of = kind == PayerKind.Medicare && profile.Mac.Length > 0 ? $" · {profile.Mac}" : "";
        return
        [
            (T("Judged as"), $"{T(Shown(payer.Kind))}{(profile.State.Length > 0 ? " · " + profile.State : "")}{of}"),
            (T("Filing limit"), Filing(profile.Filing)),
            (T("NCCI pairs and unit limits"), YesNo(profile.FollowsNcci)),
            (T("Second injection, separate"), Repeat(profile.RepeatDistinct)),
            (T("Second injection, the same"), Repeat(profile.RepeatSame)),
            (T("Drug thrown away"), profile.Waste switch
            {
                WasteModifiers.JwAndJz => T("JW for what is thrown away, JZ where nothing is"),
                WasteModifiers.Jw => T("JW for what is thrown away"),
                _ => T("no modifier"),
            }),
            (T("NDC on drug lines"), profile.NdcRequired ? T("required") : T("not required, sent when it is charted")),
            (T("Codes for giving a vaccine"), profile.VaccineGCodes
                ? T("G0008 to G0010 for flu, pneumonia and hepatitis B") : T("the CPT codes")),
            (T("Staff without a supervisor"), profile.Unsupervised == UnsupervisedStyle.NurseVisit
                ? T("a nurse visit (99211)") : T("not covered")),
            (T("Supervision on video"), YesNo(profile.TakesVideoSupervision)),
            (T("Self-administered drugs"), profile.ExcludesSelfAdministered ? T("not paid") : T("no list is known")),
            (T("340B drugs"), profile.DiscountModifier.Length > 0 ? profile.DiscountModifier : T("no modifier")),
        ];
    }

    static string Shown(string kind) => Settings.Payers.Fields.First(static f => f.Name == "Kind").Choices!
        .FirstOrDefault(c => c.Word == kind).Shown ?? kind;

    static string YesNo(bool isSo) => isSo ? T("yes") : T("no");

    static string Filing(FilingLimit limit) => limit.IsNone ? T("not known to the engine: write it below")
        : limit.Months > 0 ? T("{0} months after the service", limit.Months)
        : T("{0} days after the service", limit.Days);

    static string Repeat(RepeatStyle style) => style switch
    {
        RepeatStyle.XS => T("another line with XS"),
        RepeatStyle.M59 => T("another line with 59"),
        RepeatStyle.M76 => T("another line with 76"),
        _ => T("more units on one line"),
    };
}
