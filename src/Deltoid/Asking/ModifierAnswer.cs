using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Results;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>What a modifier says, and whether a code may have it: the edits are asked with a line that has
/// it.</summary>
internal static class ModifierAnswer
{
    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Modifiers.Count is 0 or > 4) return null;
        if (row.Lead.Length > 0) draft.Say(row.Lead);
        if (row.Lead.Length == 0 && asked.Codes.Count == 1) SayOnCode(asked, asked.Codes[0], draft);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        foreach (var modifier in asked.Modifiers) SayUse(asked, modifier, draft);
        if (asked.Has("mod:JW") || asked.Has("mod:JZ")) draft.Ask("container");
        return draft.IsEmpty ? null : ReplyKind.Answer;
    }

    /// <summary>A modifier that neither the book nor our rows have.</summary>
    public static ReplyKind? Unknown(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        draft.FromQuestion("modifier", asked.NotModifier)
            .Say($"Modifier {asked.NotModifier} is not known here: I looked in the list of modifiers of this code book. If the payer asks for it, its manual says when")
            .CiteTable("MOD26", "list of modifiers").Ask("payer");
        return ReplyKind.Unknown;
    }

    static void SayOnCode(Inquiry asked, Code code, ReplyDraft draft)
    {
        CodeAnswer.SayEnded(asked, draft);
        if (!asked.Book.TryCode(code, asked.Day, out var row)) return;
        draft.State(code.ToString(), "code", asked.Book.LabelOf(row), row.Dates, row.Source);
        foreach (var modifier in asked.Modifiers)
        {
            var (claim, findings) = (new Claim(), new FindingList());
            ClaimNotation.Read($"payer commercial dos {asked.Day.Iso()} pos 11 setting professional\n1 {code}-{modifier} x1", claim);
            new Scrubber()
                .Check(claim, asked.Book, PayerProfile.For(asked.Book.PayerSettings, PayerKind.Commercial, asked.Day),
                    null, null, findings);
            var isRight = true;
            foreach (ref readonly var finding in findings.Span)
                if (finding.Place.ClaimField == Field.Modifiers && finding.Severity != Severity.Info)
                {
                    isRight = false;
                    SayFault(asked, claim, finding, draft);
                }
            State(asked, modifier, draft);
            if (isRight) draft.Say($"{modifier} may be on {code} when it is true and charted");
        }
    }

    static void SayFault(Inquiry asked, Claim claim, in Finding finding, ReplyDraft draft)
    {
        var text = FindingText.Message(finding, ResultJson.NamesOf(asked.Book));
        draft.Reckoned(finding.Info.Id, "finding", text).Say((draft.IsEmpty ? "No: " : "") + text);
        foreach (var rule in finding.Info.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries)) draft.CiteRule(rule);
    }

    static void State(Inquiry asked, Modifier modifier, ReplyDraft draft)
    {
        if (asked.Book.Modifier(modifier) is [.., var last])
            draft.State(modifier.ToString(), "modifier", last.Label, last.Dates, last.Source);
        draft.Reckoned(modifier.ToString(), "modifier", modifier.ToString()).CiteTable("MOD26", modifier.ToString());
    }

    static void SayUse(Inquiry asked, Modifier modifier, ReplyDraft draft)
    {
        if (Uses.Shipped.Modifier(modifier.ToString()) is not { } use) return;
        State(asked, modifier, draft);
        draft.Reckoned(modifier.ToString(), "use", $"{use.Says} {use.On} {use.Chart} {use.Never}");
        draft.Say($"{modifier}: {use.Says} It belongs on: {use.On} Chart: {use.Chart} {use.Never}");
        foreach (var rule in use.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            draft.CiteRule(rule);
            if (asked.Has("when-word") && RuleBook.Shipped.Find(rule) is { Dates.From: { } from } dated)
                draft.State(dated.Id, "from", from.Iso(), dated.Dates, dated.Source.Id)
                    .Say($"For services from {from.Iso()}: {dated.Line}");
        }
    }

    /// <summary>Both sides: the bilateral indicator of the fee schedule says whether 50 changes the payment.</summary>
    public static ReplyKind? Both(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Codes is not [var code] || !asked.Book.TryFee(code, asked.Day, out var fee)) return null;
        var digit = fee.Bilateral.ToString(System.Globalization.CultureInfo.InvariantCulture);
        draft.State(code.ToString(), "bilateral indicator", digit, fee.Dates, fee.Source)
            .Reckoned("50", "modifier", "50");
        var yes = asked.Has("mod:50") ? "Yes: " : "";
        draft.Say(fee.Bilateral is 1 or 3
            ? $"{yes}Both sides of {code} are one line with modifier 50 and one unit (bilateral indicator {digit})"
            : $"No: {code} takes no modifier 50 (bilateral indicator {digit})");
        draft.Reckoned("one unit", "units", "1").CiteTable("MOD26", "50");
        foreach (var rule in row.Rules) draft.CiteRule(rule);
        return ReplyKind.Answer;
    }

    /// <summary>JA or JB: the route of the question decides.</summary>
    public static ReplyKind? Route(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        if (asked.Route == Values.Route.None) return null;
        var modifier = Modifier.Of(asked.Route == Values.Route.Sc ? "JB" : "JA");
        State(asked, modifier, draft);
        draft.Say($"{modifier}, on the drug line").SayRule("INJ-104");
        if (Uses.Shipped.Modifier(modifier.ToString()) is { } use)
            draft.Reckoned(modifier.ToString(), "use", use.Says).Say($"{modifier}: {use.Says}");
        if (asked.Route == Values.Route.Sc) draft.SayRule("C-26");
        return ReplyKind.Answer;
    }
}
