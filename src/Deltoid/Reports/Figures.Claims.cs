using Deltoid.Answers;
using Deltoid.Binding;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Payers;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>What the claims as sent show, and what was said of them before they were judged.</summary>
internal sealed partial class Figures
{
    void AddClaims()
    {
        var (scrubber, payers, findings) = (new Scrubber(), new ClaimPayers(book), new FindingList());
        foreach (var claim in Cohort.Claims.Select(static c => c.Claim))
        {
            findings.Clear();
            var payer = payers.Of(claim);
            scrubber.Check(claim, book, payer, null, null, findings);
            var isClean = true;
            foreach (ref readonly var finding in findings.Span)
                if (finding.Severity == Severity.Error) isClean = false;
            Add(Measures.Clean, isClean);
            AddDays(Measures.ChargeLag, claim.ServiceDate, claim.Made);
            AddContents(claim, payer, findings);
        }
    }

    void AddContents(Claim claim, PayerProfile payer, FindingList findings)
    {
        for (var i = 0; i < claim.Lines.Length; i++)
        {
            ref readonly var line = ref claim.Lines[i];
            var groups = GroupsOf(line);
            if (groups.HasAny(Group.Injection))
                Add(Measures.Pairing, HasOnDay(claim, line.Date, Group.DrugCode | Group.VaccineProduct));
            if (groups.HasAny(Group.OfficeVisit) && HasOnDay(claim, line.Date, Group.Injection))
                AddVisit(claim, line.Modifiers.Has(Modifier.M25));
            if (groups.HasAny(Group.DrugCode)) AddDrug(claim, line, payer, findings);
        }
    }

    void AddVisit(Claim claim, bool hasModifier)
    {
        Add(Measures.Modifier25, hasModifier);
        Add(Measures.Modifier25, hasModifier, "provider", ProviderOf(claim));
    }

    void AddDrug(Claim claim, in ServiceLine line, PayerProfile payer, FindingList findings)
    {
        Add(Measures.NdcOnDrugs, !line.Ndc.IsNone);
        Add(Measures.UnitErrors, HasUnitFinding(findings, line.Number));
        var (isDiscarded, isBeside) = (line.Modifiers.Has(Modifier.JW), HasWaste(claim, line.Code));
        var isStated = isDiscarded || isBeside || line.Modifiers.Has(Modifier.JZ);
        if (isStated)
        {
            Add(Measures.Waste, isDiscarded, times: line.Units.Whole);
            Add(Measures.Waste, isDiscarded, "provider", ProviderOf(claim), line.Units.Whole);
        }
        if (isDiscarded) AddDollars(Measures.WasteDollars, line.Charge ?? Money.Zero);
        if (payer.Waste != WasteModifiers.JwAndJz) return;
        var container = book.TryContainer(line.Ndc, out _, out var vial) ? vial.Container : ContainerKind.None;
        var isAsked = isStated || HasFinding(findings, line.Number, "DRG0132");
        if (container == ContainerKind.SingleDose && isAsked) Add(Measures.JwJz, isStated);
        if (container != ContainerKind.MultiDose && isAsked) Add(Measures.WasteStated, isStated);
    }

    CodeGroups GroupsOf(in ServiceLine line) => book.TryCode(line.Code, line.Date, out var row) ? row.Groups : default;

    bool HasOnDay(Claim claim, DateOnly day, CodeGroups groups)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Date == day && GroupsOf(line).HasAny(groups)) return true;
        return false;
    }

    static bool HasWaste(Claim claim, Code code)
    {
        foreach (ref readonly var line in claim.Lines)
            if (line.Code == code && line.Modifiers.Has(Modifier.JW)) return true;
        return false;
    }

    static bool HasUnitFinding(FindingList findings, int line)
    {
        foreach (ref readonly var finding in findings.Span)
            if (finding.Place.Line == line && finding.Place.ClaimField == Field.Units
                && finding.Severity != Severity.Info)
                return true;
        return false;
    }

    static bool HasFinding(FindingList findings, int line, string id)
    {
        foreach (ref readonly var finding in findings.Span)
            if (finding.Place.Line == line && finding.Info.Id == id) return true;
        return false;
    }

    static readonly Code ClaimSet = Code.Of("837");

    /// <summary>Verdicts of 999s on sets of claims, and for what the refused ones were refused.</summary>
    void AddAcknowledgments()
    {
        var sets = new List<(bool IsAccepted, string[] Faults)>();
        foreach (var group in Cohort.Acknowledgments)
            foreach (ref readonly var set in group.Sets.Span)
            {
                if (set.Kind != ClaimSet) continue;
                var faults = new List<string>();
                foreach (var fault in set.Faults)
                    if (!fault.IsNone) faults.Add(fault.ToString());
                sets.Add((set.IsAccepted, [.. faults]));
            }
        foreach (var (isAccepted, _) in sets)
        {
            Add(Measures.SetsAccepted, isAccepted);
            Add(Measures.SetsRefused, !isAccepted);
        }
        foreach (var fault in sets.Where(static s => !s.IsAccepted).SelectMany(static s => s.Faults).Distinct())
        {
            Name("reason", "IK502 " + fault, ResponseCodes.Shipped.Words(ResponseKind.SetError, fault));
            foreach (var set in sets)
                Add(Measures.SetsRefused, !set.IsAccepted && set.Faults.Contains(fault), "reason", "IK502 " + fault);
        }
    }

    /// <summary>The first status of each claim that says that it was taken or sent back, and why.</summary>
    void AddStatuses()
    {
        var said = Standings.Where(static s => s.First is not null).ToList();
        foreach (var standing in said)
        {
            var (verdict, payer) = (standing.First!.Value, Grader.PayerIdOf(standing.Claim));
            Name("payer", payer, standing.Claim.Text(ClaimText.PayerName));
            Add(Measures.Accepted, !verdict.IsRejected);
            Add(Measures.Rejected, verdict.IsRejected);
            Add(Measures.Accepted, !verdict.IsRejected, "payer", payer);
        }
        foreach (var code in said.Where(static s => s.First!.Value.IsRejected).Select(static s => s.First!.Value.Code)
            .Distinct())
        {
            Name("reason", KeyOf(code), Refusals.WordsOf(code));
            foreach (var standing in said)
                Add(Measures.Rejected, standing.First is { IsRejected: true, Code: var own } && own == code, "reason",
                    KeyOf(code));
        }
    }

    /// <summary><c>A7 562 82</c>: category, status and whom it is about.</summary>
    public static string KeyOf(in StatusCode code) => $"{code.Category} {code.Code} {code.Entity}".Trim();
}
