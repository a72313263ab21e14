using System.Globalization;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Changes of a line, and of the lines beside it.</summary>
internal static partial class Changes
{
    static Dictionary<string, Maker> OfLine() => new()
    {
        ["note-code"] = static (at, changes) =>
        {
            if (Facts.First(at, "separate-visit-note")?["code"] is { } code && code.Text != at.Code.ToString())
                SetOfLine(at, changes, "code", Text(code.Text));
        },
        ["visit-25"] = static (at, changes) =>
        {
            foreach (var i in Questions.Beside(at, ["visit"]))
                SetModifiers(at, changes, i, at.Of.Claim!.Lines[i].Modifiers.With(Modifier.Of("25")));
        },
        ["policy-code"] = static (at, changes) =>
        {
            if (Questions.PolicyCode(at) is { } code) SetOfLine(at, changes, "code", Text(code.ToString()));
        },
        ["ticket"] = static (at, changes) =>
        {
            if (Questions.TicketOf(at) is not { } ticket) return;
            if (ticket["code"] is { } code) SetOfLine(at, changes, "code", Text(code.Text));
            if (ticket["units"] is { } units) SetOfLine(at, changes, "units", units.Text);
            if (ticket["modifiers"] is { } marks)
                SetOfLine(at, changes, "modifiers", $"[{string.Join(',', marks.All.Select(Text))}]");
        },
        ["drug"] = Drug,
        ["limit"] = static (at, changes) =>
        {
            if (Questions.LimitOf(at) is { } limit)
                SetOfLine(at, changes, "units", limit.ToString(CultureInfo.InvariantCulture));
        },
        ["add-drug"] = static (at, changes) =>
        {
            if (Questions.Beside(at, ["drug", "vaccine"]).Any()) return;
            foreach (ref readonly var line in at.Coded is { } claim ? claim.Lines : default)
                if (at.Book.TryCode(line.Code, at.Day, out var row)
                    && row.Groups.HasAny(Codes.Group.DrugCode | Codes.Group.VaccineProduct))
                    Append(changes, line);
            if (at.Coded is null && GivenDrug.LineOf(at) is { } given) Append(changes, given);
        },
        ["one-unit"] = static (at, changes) => SetOfLine(at, changes, "units", "1"),
        ["waste"] = Waste,
        ["repeat"] = Repeat,
        ["unfit-modifiers"] = UnfitModifiers,
        ["diagnosis"] = Diagnosis,
    };

    /// <summary>Code and units of the drug that was given.</summary>
    static void Drug(Situation at, List<ClaimChange> changes)
    {
        var charted = Questions.CodedInstead(at);
        if ((charted >= 0 ? at.Coded!.Lines[charted] : GivenDrug.LineOf(at)) is not { } line) return;
        SetOfLine(at, changes, "code", Text(line.Code.ToString()));
        SetOfLine(at, changes, "units", line.Units.ToString());
        SetOfLine(at, changes, "modifiers", Json(line.Modifiers));
    }

    /// <summary>JW with its units on a line of its own, or JZ, or neither: as chart or record support it.</summary>
    static void Waste(Situation at, List<ClaimChange> changes)
    {
        if (at.Sent < 0 || Questions.WasteModifier(at) is not { } word) return;
        var now = at.Of.Claim!.Lines[at.Sent].Modifiers.Without(Modifier.Of("JW")).Without(Modifier.Of("JZ"));
        SetModifiers(at, changes, at.Sent, word == "JZ" ? now.With(Modifier.Of("JZ")) : now);
        foreach (ref readonly var line in word == "JW" && GivenDrug.Supported(at) is { } claim ? claim.Lines : default)
            if (line.Code == at.Code && line.Modifiers.Has(Modifier.Of("JW"))) Append(changes, line);
            else if (line.Code == at.Code) SetOfLine(at, changes, "units", line.Units.ToString());
    }

    /// <summary>Modifiers that an edit takes off the line, whatever the chart says.</summary>
    static void UnfitModifiers(Situation at, List<ClaimChange> changes)
    {
        if (at.Sent < 0) return;
        var now = at.Of.Claim!.Lines[at.Sent].Modifiers;
        var fit = now;
        foreach (ref readonly var finding in at.Findings.Span)
            if (finding.Place.Line == at.LineNumber
                && finding.First is { Op: ChangeOp.Remove, Place.ClaimField: Field.Modifiers })
                for (var i = 0; i < now.Count; i++)
                    if (finding.First.Value == Arg.Of(now[i])) fit = fit.Without(now[i]);
        SetModifiers(at, changes, at.Sent, fit);
    }

    /// <summary>How this payer wants a second dose of a day written. Where its policy says nothing: 59 for a distinct
    /// service, else 76.</summary>
    static string StyleOf(Situation at)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "payer-policy" && fact.Is && fact["topic"]?.Text == "repeat-style")
                return fact["says"]!.Text;
        return Facts.First(at, "distinct-service") is null ? "76" : "59";
    }

    static void Repeat(Situation at, List<ClaimChange> changes)
    {
        if (at.Sent < 0) return;
        if (StyleOf(at) is not "units" and var style)
        {
            if (Modifier.TryParse(style, out var modifier))
                SetModifiers(at, changes, at.Sent, at.Of.Claim!.Lines[at.Sent].Modifiers.With(modifier));
        }
        else if (Questions.CountOf(at) is { } count && Questions.IsLineOf(at, "administration"))
            SetOfLine(at, changes, "units", count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What the record documents is added to the claim, and the line points to it.</summary>
    static void Diagnosis(Situation at, List<ClaimChange> changes)
    {
        if (at.Sent < 0) return;
        var (claim, pointers) = (at.Of.Claim!, new List<int>());
        var last = claim.DiagnosisCount;
        foreach (var code in Questions.BetterDiagnoses(at).Distinct())
        {
            var place = claim.PositionOf(code);
            if (place == 0)
            {
                place = ++last;
                var add = new ClaimChange("add", "/diagnoses/-", Text(code.ToDiagnosis()));
                if (!changes.Contains(add)) changes.Add(add);
            }
            pointers.Add(place);
        }
        if (pointers.Count > 0) SetOfLine(at, changes, "diagnoses", $"[{string.Join(',', pointers)}]");
    }

    static void SetOfLine(Situation at, List<ClaimChange> changes, string field, string value)
    {
        if (at.Sent >= 0) Set(changes, FieldOf(at, field), value);
    }

    static void Append(List<ClaimChange> changes, in ServiceLine line)
    {
        var add = new ClaimChange("add", "/lines/-", $"{{\"code\":{Text(line.Code.ToString())},\"modifiers\":"
            + $"{Json(line.Modifiers)},\"units\":{line.Units}}}");
        if (!changes.Contains(add)) changes.Add(add);
    }

    static string Json(Modifiers modifiers)
    {
        var list = new List<string>();
        for (var i = 0; i < modifiers.Count; i++) list.Add(Text(modifiers[i].ToString()));
        return $"[{string.Join(',', list)}]";
    }
}
