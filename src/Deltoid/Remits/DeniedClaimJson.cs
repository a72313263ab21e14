using System.Globalization;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Remits;

/// <summary>
/// Reads a denied claim: each part in the shape that other commands write. What it names by a JSON pointer is named
/// from the root of the case.
/// </summary>
internal static class DeniedClaimJson
{
    static readonly FieldNames PriorFields = new(
        new JsonField("remittance", RemittanceJson.HeadType, "Its payment as a whole."),
        new JsonField("payments", T.ListOf(RemittanceJson.PaymentType), "What it answered.", "", "none"));

    static readonly FieldNames Fields = new(
        new JsonField("claim", ClaimJson.ClaimType, "The claim as it was sent: claim JSON."),
        new JsonField("encounter", EncounterJson.EncounterType, "The chart: encounter JSON."),
        new JsonField("record", T.ListOf(RecordJson.RecordType), "What the practice knows beside the chart: facts.", "",
            "none"),
        new JsonField("remittance", RemittanceJson.HeadType, "The payment as a whole: what read writes of an 835."),
        new JsonField("payments", T.ListOf(RemittanceJson.PaymentType),
            "What came back of the claim: what read writes of an 835.", "", "none"),
        new JsonField("claimStatus", T.Either(ClaimStatusJson.SetType, ClaimStatusJson.OutputType),
            "What read writes of a 277CA."),
        new JsonField("acknowledgment", T.Either(AcknowledgmentJson.GroupType, AcknowledgmentJson.InterchangeType,
            AcknowledgmentJson.OutputType), "What read writes of a 999 or TA1."),
        new JsonField("priorPayer", T.Object("priorPayer", PriorFields),
            "remittance and payments of the payer before this one."),
        new JsonField("terms", PayerTerms.Type, "The limits of contract or manual."),
        new JsonField("today", T.Day, "The day on which it is judged."));

    internal static readonly T DeniedClaimType = T.Object("deniedClaim", Fields);

    /// <summary>Reads one case.</summary>
    /// <exception cref="InputException">It does not read: the JSON pointer is in At, what to do is in Try. No other
    /// exception comes out.</exception>
    public static DeniedClaim Read(ReadOnlyMemory<byte> utf8)
    {
        utf8 = JsonInput.WithoutMark(utf8);
        var json = new JsonInput(utf8.Span);
        var (read, seen) = (new DeniedClaim(), 0UL);
        json.EnterObject();
        while (json.NextField(Fields, ref seen, out var name))
            switch (name)
            {
                case "record": read.Record = RecordJson.Read(ref json, "/record"); break;
                case "terms": read.Terms = PayerTerms.Read(ref json); break;
                case "today": read.Today = json.Date() ?? default; break;
                case "remittance": read.Remittance = RemittanceOf(Part(ref json, utf8), "/remittance"); break;
                case "payments": ReadPayments(ref json, utf8, read.Payments, "/payments"); break;
                case "priorPayer": ReadPrior(ref json, utf8, read); break;
                default: ReadPart(Part(ref json, utf8), read, name); break;
            }
        json.Close();
        if (read.Payments.Count == 0 && read.Status is null && read.Acknowledgment is null
            && read.InterchangeVerdict is null)
            throw new InputException("/payments", "no answer of a payer is there",
                "write payments, claimStatus or acknowledgment, as 'deltoid read --json' writes them");
        return read;
    }

    /// <summary>The text of the value at which the reader is, which is stepped over.</summary>
    static ReadOnlyMemory<byte> Part(ref JsonInput json, ReadOnlyMemory<byte> utf8)
    {
        var start = json.Start;
        json.Skip();
        return utf8[start..json.End];
    }

    static void ReadPart(ReadOnlyMemory<byte> part, DeniedClaim into, string name) => Within("/" + name, () =>
    {
        switch (name)
        {
            case "claim": ClaimJson.Read(part, into.Claim = new Claim()); break;
            case "encounter": into.Encounter = EncounterJson.Read(part, ""); break;
            case "claimStatus": ClaimStatusJson.Read(Inside(part, name), into.Status = new ClaimStatus()); break;
            case "acknowledgment": ReadAcknowledgment(part, into); break;
        }
    });

    /// <summary>
    /// What a member of the same name holds, as read writes it around its answer; else the part itself.
    /// </summary>
    static ReadOnlyMemory<byte> Inside(ReadOnlyMemory<byte> part, string around)
    {
        var json = new JsonInput(part.Span);
        var seen = new HashSet<string>();
        for (json.EnterObject(); json.NextName(seen);)
        {
            var name = System.Text.Encoding.UTF8.GetString(json.TextBytes());
            json.AdvanceToValue();
            if (name == around) return Part(ref json, part);
            json.Skip();
        }
        return part;
    }

    /// <summary>What read writes of a 999 or a TA1, with the name of its kind around it or without.</summary>
    static void ReadAcknowledgment(ReadOnlyMemory<byte> part, DeniedClaim into)
    {
        var json = new JsonInput(part.Span);
        var (seen, isOfGroup) = (new HashSet<string>(), false);
        for (json.EnterObject(); json.NextName(seen);)
        {
            var name = System.Text.Encoding.UTF8.GetString(json.TextBytes());
            json.AdvanceToValue();
            if (name is "acknowledgment" or "interchangeAcknowledgment")
            {
                ReadAcknowledgment(Part(ref json, part), into);
                return;
            }
            isOfGroup |= name is "groupControl" or "functional" or "sets";
            json.Skip();
        }
        if (isOfGroup) AcknowledgmentJson.Read(part, into.Acknowledgment = new Acknowledgment());
        else into.InterchangeVerdict = AcknowledgmentJson.ReadInterchange(part);
    }

    static Remittance RemittanceOf(ReadOnlyMemory<byte> part, string at)
    {
        var remittance = new Remittance();
        Within(at, () => RemittanceJson.Read(part, remittance));
        return remittance;
    }

    static void ReadPayments(ref JsonInput json, ReadOnlyMemory<byte> utf8, List<ClaimPayment> into, string at)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            var (payment, part) = (new ClaimPayment(), Part(ref json, utf8));
            Within(string.Create(CultureInfo.InvariantCulture, $"{at}/{into.Count}"),
                () => RemittanceJson.Read(part, payment));
            into.Add(payment);
        }
    }

    static void ReadPrior(ref JsonInput json, ReadOnlyMemory<byte> utf8, DeniedClaim into)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PriorFields, ref seen, out var name))
            if (name == "remittance")
                into.PriorRemittance = RemittanceOf(Part(ref json, utf8), "/priorPayer/remittance");
            else ReadPayments(ref json, utf8, into.PriorPayments, "/priorPayer/payments");
    }

    /// <summary>Reads a part; what is wrong in it is named from the root of the case.</summary>
    static void Within(string at, Action read)
    {
        try { read(); }
        catch (InputException e)
        {
            throw Moved(e, at);
        }
    }

    static InputException Moved(InputException e, string at) =>
        new(at + e.At, e.Message, e.Try, [.. e.Also.Select(also => Moved(also, at))]);
}
