using System.Globalization;
using Deltoid.Fhir;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Segments;

namespace Deltoid.Hl7;

/// <summary>Who, who pays and why: PID, PV1, IN1, DG1.</summary>
internal sealed partial class Hl7Reader
{
    void ReadHead()
    {
        if (message.Find("EVN") is >= 0 and var happened) message.MarkAll(happened);
        if (message.Find("PID") is >= 0 and var pid)
        {
            if (message.Find("PID", pid + 1) is >= 0 and var other)
                throw new InputException(message.PathOf(other), "there are several patients in the message",
                    "send a message for each patient");
            ReadPatient(pid);
        }
        if (message.Find("PV1") is >= 0 and var visit) ReadVisit(visit);
        ReadPlans();
    }

    void ReadPatient(int pid)
    {
        var patient = new JsonDraft();
        message.MarkRead(pid, 1);
        if (Hl7Moment.TryRead(message[pid, 7].Text, null, out var birth))
        {
            born = birth.Day;
            patient.Text("birthDate", birth.Day.Iso());
        }
        else if (!message[pid, 7].IsEmpty) NotUnderstood(message[pid, 7], "the day of birth", "write it as 19580409");
        var sex = message[pid, 8];
        if (sex.Text is { Length: > 0 } text && Words.Sexes.TryRead(text, out var read))
            patient.Text("sex", Words.Sexes[read]);
        else if (!sex.IsEmpty) NotUnderstood(sex, "the sex", "write F, M or X");
        chart.Object("patient", patient);
    }

    void ReadVisit(int visit)
    {
        var provider = new JsonDraft();
        message.MarkRead(visit, 1);
        // an inpatient or an emergency is no visit of a clinic, so it is named
        if (message[visit, 2].Peek is "O") message.MarkRead(visit, 2);
        foreach (var doctor in message[visit, 7].Repeats)
            if (NpiOf(doctor) is { Length: > 0 } npi) provider.Text("rendering", npi);
        chart.Object("provider", provider);
    }

    /// <summary>The NPI of a person (XCN): its number, when it has ten digits.</summary>
    static string NpiOf(Hl7Part person) =>
        person[1] is { Length: 10 } number && number.All(char.IsAsciiDigit) ? number : "";

    /// <summary>The plan that pays first on this day, by its priority (IN1-22) or number; others are named.</summary>
    void ReadPlans()
    {
        var plans = Segments("IN1").Where(IsInForce).OrderBy(plan => RankOf(plan, 22)).ThenBy(plan => RankOf(plan, 1))
            .ToList();
        foreach (var other in plans.Skip(1))
            LeaveOut(other, other + 1, "one plan is read: the first by IN1-22 or IN1-1", "look who pays first");
        if (plans.Count > 0) ReadPlan(plans[0]);
    }

    int RankOf(int plan, int field) =>
        int.TryParse(message[plan, field].Peek, NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
            ? rank : int.MaxValue;

    /// <summary>IN1-12 and IN1-13 leave the day in.</summary>
    bool IsInForce(int plan)
    {
        var isInForce = true;
        foreach (var number in (int[])[12, 13])
            if (message[plan, number] is not { IsEmpty: false } field) continue;
            else if (!TryTime(field, out var at)) NotUnderstood(field, "the day", "write it as 20260302");
            else
            {
                message.MarkRead(plan, number);
                isInForce &= number == 12 ? at.Day <= day : at.Day >= day;
            }
        if (!isInForce) LeaveOut(plan, plan + 1, "the plan is not in force on this day", "look who pays on this day");
        return isInForce;
    }

    void ReadPlan(int plan)
    {
        var payer = new JsonDraft();
        message.MarkRead(plan, 1);
        message.MarkRead(plan, 22);
        payer.Text("id", message[plan, 3].Text);
        var (type, name) = (message[plan, 15], message[plan, 4]);
        if (KindOf(type, name.Peek, out var isByType) is { } payerKind)
        {
            payer.Text("kind", Words.PayerKinds[payerKind]);
            if (isByType) message.MarkRead(plan, 15);
            message.MarkRead(plan, 4);
        }
        else if (!type.IsEmpty)
            NotUnderstood(type, "who pays", "write medicare, medicaid or commercial, or MB, MC, CI or 16");
        chart.Object("payer", payer);
        chart.Text("priorAuthorization", message[plan, 14].Text);
    }

    /// <summary>
    /// The kind of payer by the type of the plan (a filing code of a claim, or one of our words) and the names of type
    /// and plan. A name that says another kind makes it unknown, except that of a company, which sells several. MA is
    /// Medicare's part A as a filing code and Medicare Advantage as a word: the names decide.
    /// </summary>
    static PayerKind? KindOf(Hl7Field type, string name, out bool isByType)
    {
        var code = type.Peek.Trim().ToUpperInvariant();
        var kinds = new HashSet<PayerKind>();
        if (code.Length == 2 && Filing.KindOf(SegmentReader.PackOf(code)) is not PayerKind.None and var filed)
            kinds.Add(filed);
        if (Words.PayerKinds.TryRead(code, out var word)) kinds.Add(word);
        var named = new HashSet<PayerKind>();
        var words = type.IsEmpty ? "" : new Hl7Part(type.Message, type.Raw.Split(type.Message.Repetition)[0])[2];
        foreach (var text in (string[])[words, name])
            if (NamedKind(text) is { } said) named.Add(said);
        isByType = kinds.Count > 0;
        if (kinds.Count > 1) kinds.IntersectWith(named);
        else if (!isByType) kinds.UnionWith(named);
        if (kinds.Count != 1) return null;
        var kind = kinds.First();
        return named.All(other => other == kind || other == PayerKind.Commercial) ? kind : null;
    }

    static PayerKind? NamedKind(string text)
    {
        if (text.Length > 0 && Words.PayerKinds.TryRead(text, out var kind)) return kind;
        // "IL MEDICAID": each state has its own; a plan of both programs has both names
        return text.Split(' ').Contains("medicaid", StringComparer.OrdinalIgnoreCase)
            && !text.Contains("medicare", StringComparison.OrdinalIgnoreCase) ? PayerKind.Medicaid : null;
    }

    /// <summary>Those of the visit, and those of each charge that holds.</summary>
    void ReadDiagnoses()
    {
        var codes = new List<string>();
        foreach (var s in Segments("DG1")) ReadDiagnosis(s, codes);
        foreach (var charge in charges.Where(static c => c.IsOpen))
            foreach (var code in message[charge.Segment, 19].Repeats)
                AddDiagnosis(message[charge.Segment, 19], code, "", codes);
        chart.Texts("diagnoses", [.. codes.Distinct()]);
    }

    /// <summary>A diagnosis: one that was deleted (DG1-21) or is not certain yet (DG1-6) is none.</summary>
    void ReadDiagnosis(int segment, List<string> codes)
    {
        if (message[segment, 21].Peek is "D")
        {
            LeaveOut(segment, segment + 1, "the diagnosis was deleted", "nothing is needed");
            return;
        }
        if (message[segment, 6].Peek is "W")
        {
            LeaveOut(segment, segment + 1, "a working diagnosis is not certain, and is not billed in a clinic",
                "send what was certain at the end of the visit, with F in DG1-6");
            return;
        }
        if (message[segment, 3].IsEmpty)
        {
            if (!message[segment, 4].IsEmpty)
                LeaveOut(message[segment, 4], segment + 1, "a diagnosis in words is not understood",
                    "send its ICD-10-CM code in DG1-3, with I10 as its system");
            return;
        }
        foreach (var number in (int[])[1, 2, 4, 21]) message.MarkRead(segment, number);
        if (message[segment, 6].Peek is "A" or "F") message.MarkRead(segment, 6);
        foreach (var code in message[segment, 3].Repeats)
            AddDiagnosis(message[segment, 3], code, message[segment, 2].Peek, codes);
    }

    /// <param name="method">The coding method of DG1-2, where the code names no system of its own.</param>
    void AddDiagnosis(Hl7Field field, Hl7Part code, string method, List<string> codes)
    {
        var system = (code[3].Length > 0 ? code[3] : method).ToUpperInvariant();
        var isOne = code[1] is { Length: >= 3 and <= 8 } text && char.IsAsciiLetter(text[0])
            && char.IsAsciiDigit(text[1]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '.')
            && Code.TryParse(text, out _);
        if (isOne && system is "I10" or "I10C" or "ICD10" or "ICD-10" or "ICD-10-CM" or "ICD10CM" or "")
            codes.Add(code[1]);
        else NotUnderstood(field, "the diagnosis", "send its ICD-10-CM code, with I10 as its system");
    }
}
