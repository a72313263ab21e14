using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>What must not be added to a claim as it stands, and why: said before someone tries.</summary>
static class Cautions
{
    public static List<(string Text, string Rules)> Of(CodedVisit visit)
    {
        var cautions = new List<(string, string)>();
        var injection = default(Code);
        var (injections, hasVisit, hasPreventive, jz, multiDose) = (0, false, false, default(Code), default(Code));
        foreach (ref readonly var line in visit.Claim.Lines)
        {
            var groups = visit.Book.TryCode(line.Code, line.Date, out var row) ? row.Groups : CodeGroups.None;
            if (groups.Has(Group.Injection) || groups.Has(Group.DrugAdministration)) { injection = injection.IsNone ? line.Code : injection; injections++; }
            hasVisit |= groups.HasAny(Group.Visit | Group.OfficeVisit | Group.NurseVisit);
            hasPreventive |= groups.Has(Group.PreventiveVisit);
            if (line.Modifiers.Has(Modifier.JZ)) jz = line.Code;
            else if (row.Kind == CodeKind.Drug && IsMultiDose(visit, line.Number)) multiDose = line.Code;
        }
        if (!injection.IsNone)
        {
            cautions.Add(($"No 25 on {injection}: 25 belongs to a visit and only with a note of its own.", "INJ-075"));
            if (!hasVisit && !hasPreventive) cautions.Add(($"No 99211: {injection} includes what the nurse does, and 25 does not change that.", "INJ-071"));
            if (injections == 1 && !HasDistinct(visit.Claim)) cautions.Add(($"No 59, XS or 76 on {injection}: nothing on this claim takes it in and it was given once.", "INJ-060 INJ-061"));
        }
        if (!jz.IsNone) cautions.Add(($"No JW beside JZ on {jz}: JZ says that nothing was discarded.", "INJ-095"));
        if (!multiDose.IsNone) cautions.Add(($"No JW or JZ on {multiDose}: a multi-dose container has no waste to bill.", "INJ-099"));
        return cautions;
    }

    static bool HasDistinct(Claim claim)
    {
        foreach (ref readonly var line in claim.Lines) if (!line.Modifiers.Distinct.IsNone || line.Modifiers.Has(Modifier.M76)) return true;
        return false;
    }

    static bool IsMultiDose(CodedVisit visit, int line)
    {
        foreach (var origin in visit.OriginsOf(line))
            if (origin.Part == Findings.Part.Administration && visit.Encounter?.Administrations[origin.Ordinal].Container == ContainerKind.MultiDose) return true;
        return false;
    }
}
