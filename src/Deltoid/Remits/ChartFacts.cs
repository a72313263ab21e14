using System.Globalization;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// Facts of the record that the chart states, in the record's words: a condition asks in one way, wherever a fact was
/// written down. A field that the chart leaves out states nothing.
/// </summary>
internal static class ChartFacts
{
    public static List<RecordFact> Of(Encounter chart, Claim? claim)
    {
        var facts = new List<RecordFact>();
        if (!chart.PlaceOfService.IsNone)
            Add(facts, "place-was", "/encounter/placeOfService", true, [], ("pos", chart.PlaceOfService.ToString()),
                ("from", "chart"));
        if (chart.PriorAuthorization.Length > 0)
            Add(facts, "authorization-on-file", "/encounter/priorAuthorization", true, [],
                ("number", chart.PriorAuthorization));
        if (SupervisionOf(chart.Supervision) is { } mode)
            Add(facts, "supervision", "/encounter/provider/supervision", true, [], ("mode", mode));
        if (chart.Diagnoses.Count > 0)
            Add(facts, "diagnosis-documented", "/encounter/diagnoses", true, [],
                ("codes", string.Join(' ', chart.Diagnoses)));
        for (var i = 0; i < chart.Visits.Count; i++) AddVisit(facts, chart.Visits[i], i, claim);
        for (var i = 0; i < chart.Administrations.Count; i++) AddAdministration(facts, chart.Administrations[i], i);
        return facts;
    }

    static string? SupervisionOf(Supervision supervision) => supervision switch
    {
        Supervision.OnSite => "on-site",
        Supervision.Video => "video",
        Supervision.Audio => "phone",
        Supervision.Unsupervised or Supervision.General => "none",
        _ => null,
    };

    static void AddVisit(List<RecordFact> facts, Visit visit, int index, Claim? claim)
    {
        if (visit.SeparateNote is not { } isSeparate) return;
        var lines = new List<int>();
        foreach (ref readonly var line in claim is null ? default : claim.Lines)
            if (line.Code == visit.Code) lines.Add(line.Number);
        Add(facts, "separate-visit-note", At("visits", index, "separateNote"), isSeparate, [.. lines],
            ("code", visit.Code.ToString()));
    }

    static void AddAdministration(List<RecordFact> facts, Administration given, int index)
    {
        if (given.Given == false) return;
        Add(facts, "drug-given", At("administrations", index, "drug"), true, [], ("name", given.Drug),
            ("hcpcs", given.Hcpcs.ToString()), ("ndc", given.NdcText), ("lot", given.Lot), ("by", "chart"),
            ("container", given.Container == ContainerKind.None ? "" : Words.Containers[given.Container]));
        if (given.Start is { } start && given.Stop is { } stop)
            Add(facts, "times-charted", At("administrations", index, "start"), true, [],
                ("start", start.ToString("HH:mm", CultureInfo.InvariantCulture)),
                ("stop", stop.ToString("HH:mm", CultureInfo.InvariantCulture)));
        if (!given.Discarded.IsNone || given.NothingDiscarded)
            Add(facts, "waste-charted", At("administrations", index, "discarded"), !given.NothingDiscarded, []);
        if (SourceOf(given.Source) is { } source)
            Add(facts, "drug-source", At("administrations", index, "source"), true, [], ("source", source));
        if (given.Order is { } order)
            Add(facts, "order-on-file", At("administrations", index, "order"), true, [],
                ("on", order.On is { } on ? on.Iso() : ""), ("standing", order.Standing ? "true" : "false"));
        if (given.Notice is Notice.Signed or Notice.Voluntary or Notice.NotGiven)
            Add(facts, "notice-on-file", At("administrations", index, "notice"), given.Notice != Notice.NotGiven, [],
                ("kind", "abn"));
    }

    static string? SourceOf(DrugSource source) => source switch
    {
        DrugSource.Stock => "stock",
        DrugSource.PatientSupplied => "patient-supplied",
        DrugSource.SpecialtyPharmacy => "specialty-pharmacy",
        DrugSource.Sample => "sample",
        DrugSource.Vfc => "vfc",
        DrugSource.Discount340B => "340b",
        _ => null,
    };

    static string At(string list, int index, string field) =>
        string.Create(CultureInfo.InvariantCulture, $"/encounter/{list}/{index}/{field}");

    static void Add(List<RecordFact> facts, string name, string at, bool isSo, int[] lines,
        params ReadOnlySpan<(string Field, string Text)> fields)
    {
        var kind = FactKinds.Shipped.Find(name)!;
        var values = new FactValue?[kind.Fields.Length];
        foreach (var (field, text) in fields)
        {
            if (text.Length == 0) continue;
            var index = Array.FindIndex(kind.Fields, f => f.Name == field);
            values[index] = kind.Fields[index].Type is FactType.Codes or FactType.Texts
                ? new(text, Items: text.Split(' '))
                : new(text, Days.TryRead(text, out var day) ? day : default);
        }
        facts.Add(new(kind, isSo, lines, values, at));
    }
}
