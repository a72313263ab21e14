using System.Text;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>The charges of a DFT: FT1.</summary>
internal sealed partial class Hl7Reader
{
    /// <summary>A charge; a credit that follows it can take it back.</summary>
    sealed class Charge(int segment, string code, string[] modifiers, Quantity units, string ndc)
    {
        public int Segment => segment;
        public string Code => code;
        public string[] Modifiers => modifiers;
        public Quantity Units => units;
        public string Ndc => ndc;
        public bool IsOpen { get; set; } = true;

        /// <summary>What a credit of exactly this charge says too.</summary>
        public string Key => $"{code}|{string.Join('~', modifiers)}|{units}|{ndc}";
    }

    readonly List<Charge> charges = [];

    /// <summary>The open charges of a code, and of all that a credit repeats.</summary>
    readonly Dictionary<string, HashSet<Charge>> ofCode = [];
    readonly Dictionary<string, Stack<Charge>> ofKey = [];

    /// <summary>Visits, drugs (without a dose, which a charge does not say) and other services.</summary>
    void ReadCharges()
    {
        foreach (var s in Segments("FT1")) ReadCharge(s);
        var (visits, procedures) = (new List<(JsonDraft, int)>(), new List<(JsonDraft, int)>());
        var hasGiven = administrations.Count > 0;
        foreach (var charge in charges.Where(static c => c.IsOpen))
        {
            var s = charge.Segment;
            if (hasGiven && !ServiceKinds.IsVisit(charge.Code))
            {
                charge.IsOpen = false;
                LeaveOut(s, s + 1, "the message says what was given, which is coded from there",
                    "look whether the service is another one");
            }
            else if (charge.Code[0] is 'J' or 'Q') AddDrug(charge);
            else (ServiceKinds.IsVisit(charge.Code) ? visits : procedures).Add((ServiceOf(charge), s));
        }
        Put("visits", visits);
        Put("procedures", procedures);
    }

    void ReadCharge(int s)
    {
        var type = message[s, 6].Peek.ToUpperInvariant();
        if (type is "PY" or "AJ" or "CO")
        {
            LeaveOut(s, s + 1, "a payment or an adjustment is no service", "nothing is needed");
            return;
        }
        if (type is not ("CG" or "CD" or "CR"))
        {
            LeaveOut(message[s, 6], s + 1, "whether it is a charge is not understood", "write CG for a charge");
            return;
        }
        if (CodeOf(s) is not { } code) return;
        var units = Quantity.One;
        var amount = message[s, 10];
        if (!amount.IsEmpty && !Quantity.TryParse(amount.Peek, out units))
        {
            LeaveOut(amount, s + 1, "the quantity is not understood", "write a number");
            return;
        }
        var modifiers = message[s, 26].IsEmpty ? []
            : message[s, 26].Raw.Split(message.Repetition).Select(m => new Hl7Part(message, m)[1].ToUpperInvariant())
                .Where(static m => m.Length > 0).ToArray();
        var charge = new Charge(s, code, modifiers, units < Quantity.Zero ? Quantity.Zero - units : units,
            message[s, 29].Peek);
        if (type != "CG" || units < Quantity.Zero) Credit(charge, units < Quantity.Zero && type == "CG");
        else if (units == Quantity.Zero)
            LeaveOut(amount, s + 1, "a quantity of zero is no service", "write how many were done");
        else if (IsToday(message[s, 4], s + 1, out var from) && IsOneDay(s, from)) Open(charge);
    }

    /// <summary>FT1-4 can be a range; one that ends on another day is not of this visit alone.</summary>
    bool IsOneDay(int s, Hl7Moment from)
    {
        if (!Hl7Moment.TryRead(message[s, 4][2], zone, out var to) || to.Day == from.Day) return true;
        LeaveOut(message[s, 4], s + 1, "it is of several days", "send a charge for each day");
        return false;
    }

    /// <summary>The code of CPT or HCPCS in FT1-25, or else in FT1-7; null where it is not understood.</summary>
    string? CodeOf(int s)
    {
        var (procedure, transaction) = (ServiceCodeOf(message[s, 25]), ServiceCodeOf(message[s, 7]));
        var code = procedure ?? transaction;
        if (code is null)
            LeaveOut(message[s, message[s, 25].IsEmpty ? 7 : 25], s + 1, "the service is not understood",
                "send its CPT or HCPCS code in FT1-25");
        else if (procedure is not null && transaction is not null && procedure != transaction && message[s, 7].IsStated)
        {
            LeaveOut(message[s, 7], s + 1, "it is another code than FT1-25", "send one code");
            return null;
        }
        return code;
    }

    static string? ServiceCodeOf(Hl7Field field)
    {
        if (field.IsEmpty || field.IsRepeated) return null;
        var part = new Hl7Part(field.Message, field.Raw);
        var (code, system) = (part[1].ToUpperInvariant(), part[3].ToUpperInvariant());
        var isCode = code.Length == 5 && char.IsAsciiLetterOrDigit(code[0]) && char.IsAsciiLetterOrDigit(code[4])
            && code.AsSpan(1, 3).IndexOfAnyExceptInRange('0', '9') < 0
            && (char.IsAsciiDigit(code[0]) || char.IsAsciiDigit(code[4]));
        return isCode && (system.Length == 0 || IsServiceSystem(system)) ? code : null;
    }

    static bool IsServiceSystem(string system) =>
        system is "HCPCS" or "HCPT" or "C4" or "C5" or "CPT" or "CPT4" or "CPT-4" or "CPTM" or "HPC";

    void Open(Charge charge)
    {
        charges.Add(charge);
        if (!ofCode.TryGetValue(charge.Code, out var same)) ofCode[charge.Code] = same = [];
        same.Add(charge);
        if (!ofKey.TryGetValue(charge.Key, out var equal)) ofKey[charge.Key] = equal = [];
        equal.Push(charge);
    }

    /// <summary>
    /// A credit takes back the charge before it that it repeats. Where it repeats none, and the code was charged before
    /// it, which charge holds is not known, so none does. One without a charge before it is of another message.
    /// </summary>
    void Credit(Charge credit, bool isNegative)
    {
        var s = credit.Segment;
        if (isNegative)
            LeaveOut(message[s, 10], s + 1, "a quantity below zero takes a charge back", "send a credit (CD)");
        else LeaveOut(s, s + 1, "a credit is no service", "nothing is needed");
        if (!ofCode.TryGetValue(credit.Code, out var open)) return;
        // a credit of an earlier day is of a charge of that day
        if (open.Count == 0 || (TryTime(message[s, 4], out var at) && at.Day < day && !at.MayBeOn(day))) return;
        var equal = ofKey.GetValueOrDefault(credit.Key);
        while (equal is { Count: > 0 } && !equal.Peek().IsOpen) equal.Pop();
        if (equal is { Count: > 0 }) Close(equal.Pop());
        else if (open.Count == 1 && open.First().Units == credit.Units) Close(open.First());
        else
        {
            foreach (var charge in open.ToArray()) Close(charge);
            Say(ReadingNote.NotUnderstood, message.PathOf(s), "which charge the credit takes back is not understood, "
                + "so all of its code before it are left out", "send what still holds as a charge after it");
        }
    }

    void Close(Charge charge)
    {
        charge.IsOpen = false;
        ofCode[charge.Code].Remove(charge);
        LeaveOut(charge.Segment, charge.Segment + 1, "a credit takes the charge back", "nothing is needed");
    }

    /// <summary>FT1-25 counts, and FT1-7 where it says the same or is the only one.</summary>
    void MarkCharge(int s)
    {
        message.MarkRead(s, 1);
        message.MarkRead(s, 6);
        message.MarkRead(s, 25);
        if (ServiceCodeOf(message[s, 25]) is not { } code || code == ServiceCodeOf(message[s, 7]))
            message.MarkRead(s, 7);
    }

    JsonDraft ServiceOf(Charge charge)
    {
        var (one, s) = (new JsonDraft(), charge.Segment);
        MarkCharge(s);
        one.Text("code", charge.Code);
        var known = charge.Modifiers.Where(static m => Modifier.TryParse(m, out _)).ToArray();
        message.MarkRead(s, 26);
        if (known.Length < charge.Modifiers.Length || known.Length > Modifiers.Max)
            NotUnderstood(message[s, 26], "a modifier", "write at most four, of two letters or digits");
        one.Texts("modifiers", [.. known.Take(Modifiers.Max)]);
        if (ServiceKinds.IsVisit(charge.Code) || message[s, 10].IsEmpty) return one;
        message.MarkRead(s, 10);
        one.Raw("units", Encoding.ASCII.GetBytes(charge.Units.ToString()));
        return one;
    }
}
