using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Answers;

/// <summary>What became of a claim and of its lines.</summary>
internal static partial class RemittanceJson
{
    /// <summary>The JSON names of the parties, in the order of <see cref="PaidParty"/>.</summary>
    static readonly string[] PaidPartyNames =
        ["patient", "subscriber", "corrected", "renderingProvider", "crossoverPayer", "firstPayer", "otherSubscriber"];

    /// <summary>The JSON names of a party's fields, in the order of <see cref="PaidField"/>.</summary>
    static readonly string[] PaidFieldNames = ["name", "first", "middle", "suffix", "idKind", "id"];

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte}, Remittance)"/>
    public static void Read(ReadOnlyMemory<byte> utf8, ClaimPayment payment)
    {
        payment.Clear();
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PaymentFields, ref seen, out var name))
            if (!ReadHead(ref json, payment, name)) ReadBody(ref json, payment, name);
        json.Close();
    }

    static bool ReadHead(ref JsonInput json, ClaimPayment payment, string name)
    {
        switch (name)
        {
            case "id": payment.Id = payment.Append(json.TextBytes()); break;
            case "status": payment.Status = json.Code(); break;
            case "charge": payment.Charge = json.Money(); break;
            case "paid": payment.Paid = json.Money(); break;
            case "patientOwes": payment.PatientOwes = json.Money(); break;
            case "filing": payment.Filing = json.Code(); break;
            case "payerControl": payment.PayerControl = payment.Append(json.TextBytes()); break;
            case "facility": payment.Facility = json.Code(); break;
            case "frequency": payment.Frequency = json.Code(); break;
            case "drg": payment.Drg = json.Code(); break;
            case "from": payment.From = json.Date() ?? default; break;
            case "thru": payment.Thru = json.Date() ?? default; break;
            case "coverageEnd": payment.CoverageEnd = json.Date() ?? default; break;
            case "received": payment.Received = json.Date() ?? default; break;
            default: return false;
        }
        return true;
    }

    static void ReadBody(ref JsonInput json, ClaimPayment payment, string name)
    {
        switch (name)
        {
            case "group": payment.Group = json.Whole(0, int.MaxValue); break;
            case "beginsGroup": payment.BeginsGroup = json.Bool(); break;
            case "adjustments": ReadAdjustments(ref json, payment, 0); break;
            case "remarks": ReadRemarks(ref json, payment, 0); break;
            case "amounts": ReadAmounts(ref json, payment, 0); break;
            case "lines":
                for (json.EnterArray(); json.NextItem();) ReadLine(ref json, payment);
                break;
            case "separators": payment.Delimiters = json.Separators(); break;
            case "other": KeptJson.Read(ref json, payment); break;
            default: ReadParty(ref json, payment, (PaidParty)Array.IndexOf(PaidPartyNames, name)); break;
        }
    }

    static void ReadParty(ref JsonInput json, ClaimPayment payment, PaidParty party)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PaidPartyFields, ref seen, out var name))
            payment.Set(party, (PaidField)Array.IndexOf(PaidFieldNames, name), json.TextBytes());
    }

    static void ReadAdjustments(ref JsonInput json, ClaimPayment payment, int line)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            var (adjustment, seen) = (default(Adjustment), 0UL);
            json.EnterObject();
            while (json.NextField(AdjustmentFields, ref seen, out var name))
                adjustment = name switch
                {
                    "group" => adjustment with { Group = json.Code() },
                    "reason" => adjustment with { Reason = json.Code() },
                    "amount" => adjustment with { Amount = json.Money() },
                    _ => adjustment with { Quantity = json.Quantity() },
                };
            payment.Adjustments.Add(line, adjustment);
        }
    }

    static void ReadRemarks(ref JsonInput json, ClaimPayment payment, int line)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            var (remark, seen) = (default(Remark), 0UL);
            json.EnterObject();
            while (json.NextField(RemarkFields, ref seen, out var name))
                remark = name == "kind" ? remark with { Kind = json.Code() } : remark with { Code = json.Code() };
            payment.Remarks.Add(line, remark);
        }
    }

    static void ReadAmounts(ref JsonInput json, ClaimPayment payment, int line)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            var (amount, seen) = (default(OtherAmount), 0UL);
            json.EnterObject();
            while (json.NextField(AmountFields, ref seen, out var name))
                amount = name == "kind" ? amount with { Kind = json.Code() } : amount with { Amount = json.Money() };
            payment.Amounts.Add(line, amount);
        }
    }

    static void ReadLine(ref JsonInput json, ClaimPayment payment)
    {
        ref var line = ref payment.AddLine();
        var place = line.Number; // lists go by the line's place, whatever number is stated
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PaymentLineFields, ref seen, out var name))
            switch (name)
            {
                case "number": line.Number = json.Whole(1, int.MaxValue); break;
                case "control": line.Control = payment.Append(json.TextBytes()); break;
                case "procedure": line.Procedure = ProcedureJson.Read(ref json, payment); break;
                case "billed": line.Billed = ProcedureJson.Read(ref json, payment); break;
                case "revenueCode": line.RevenueCode = json.Code(); break;
                case "charge": line.Charge = json.Money(); break;
                case "paid": line.Paid = json.Money(); break;
                case "allowed": line.Allowed = json.Money(); break;
                case "unitsPaid": line.UnitsPaid = json.Quantity(); break;
                case "unitsBilled": line.UnitsBilled = json.Quantity(); break;
                case "date": line.Date = json.Date() ?? default; break;
                case "thru": line.Thru = json.Date() ?? default; break;
                case "adjustments": ReadAdjustments(ref json, payment, place); break;
                case "remarks": ReadRemarks(ref json, payment, place); break;
                case "amounts": ReadAmounts(ref json, payment, place); break;
            }
    }

    /// <summary>Writes one claim payment object.</summary>
    public static void Write(ClaimPayment payment, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteHead(payment, writer);
        for (var party = PaidParty.Patient; party <= PaidParty.OtherSubscriber; party++)
            WriteParty(payment, party, writer);
        WriteRuns(payment, 0, writer);
        writer.WriteStartArray("lines");
        for (var i = 0; i < payment.Lines.Length; i++) WriteLine(payment, i, writer);
        writer.WriteEndArray();
        KeptJson.Write(payment, writer);
        writer.WriteEndObject();
    }

    static void WriteHead(ClaimPayment payment, Utf8JsonWriter writer)
    {
        WriteText(writer, "id", payment[payment.Id]);
        WriteCode(writer, "status", payment.Status);
        WriteMoney(writer, "charge", payment.Charge);
        WriteMoney(writer, "paid", payment.Paid);
        WriteMoney(writer, "patientOwes", payment.PatientOwes);
        WriteCode(writer, "filing", payment.Filing);
        WriteText(writer, "payerControl", payment[payment.PayerControl]);
        WriteCode(writer, "facility", payment.Facility);
        WriteCode(writer, "frequency", payment.Frequency);
        WriteCode(writer, "drg", payment.Drg);
        WriteDay(writer, "from", payment.From);
        WriteDay(writer, "thru", payment.Thru);
        WriteDay(writer, "coverageEnd", payment.CoverageEnd);
        WriteDay(writer, "received", payment.Received);
        if (payment.Group > 0) writer.WriteNumber("group", payment.Group);
        if (payment.BeginsGroup) writer.WriteBoolean("beginsGroup", true);
    }

    static void WriteParty(ClaimPayment payment, PaidParty party, Utf8JsonWriter writer)
    {
        if (!payment.Has(party)) return;
        writer.WriteStartObject(PaidPartyNames[(int)party]);
        for (var field = PaidField.Name; field <= PaidField.Id; field++)
            WriteText(writer, PaidFieldNames[(int)field], payment[party, field]);
        writer.WriteEndObject();
    }

    /// <summary>Adjustments, remarks and other amounts of a line, or with 0 of the claim as a whole.</summary>
    static void WriteRuns(ClaimPayment payment, int line, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("adjustments");
        foreach (ref readonly var adjustment in payment.Adjustments.Of(line))
        {
            writer.WriteStartObject();
            WriteCode(writer, "group", adjustment.Group);
            WriteCode(writer, "reason", adjustment.Reason);
            WriteMoney(writer, "amount", adjustment.Amount);
            WriteQuantity(writer, "quantity", adjustment.Quantity);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        WritePairs(payment, line, writer);
    }

    static void WritePairs(ClaimPayment payment, int line, Utf8JsonWriter writer)
    {
        if (payment.Remarks.Of(line).Length > 0) writer.WriteStartArray("remarks");
        foreach (ref readonly var remark in payment.Remarks.Of(line))
        {
            writer.WriteStartObject();
            WriteCode(writer, "kind", remark.Kind);
            WriteCode(writer, "code", remark.Code);
            writer.WriteEndObject();
        }
        if (payment.Remarks.Of(line).Length > 0) writer.WriteEndArray();
        if (payment.Amounts.Of(line).Length > 0) writer.WriteStartArray("amounts");
        foreach (ref readonly var amount in payment.Amounts.Of(line))
        {
            writer.WriteStartObject();
            WriteCode(writer, "kind", amount.Kind);
            WriteMoney(writer, "amount", amount.Amount);
            writer.WriteEndObject();
        }
        if (payment.Amounts.Of(line).Length > 0) writer.WriteEndArray();
    }

    static void WriteLine(ClaimPayment payment, int index, Utf8JsonWriter writer)
    {
        ref readonly var line = ref payment.Lines[index];
        writer.WriteStartObject();
        writer.WriteNumber("number", line.Number);
        WriteText(writer, "control", payment[line.Control]);
        ProcedureJson.Write(writer, "procedure", line.Procedure, payment);
        ProcedureJson.Write(writer, "billed", line.Billed, payment);
        WriteCode(writer, "revenueCode", line.RevenueCode);
        WriteMoney(writer, "charge", line.Charge);
        WriteMoney(writer, "paid", line.Paid);
        WriteMoney(writer, "allowed", line.Allowed);
        WriteQuantity(writer, "unitsPaid", line.UnitsPaid);
        WriteQuantity(writer, "unitsBilled", line.UnitsBilled);
        WriteDay(writer, "date", line.Date);
        WriteDay(writer, "thru", line.Thru);
        WriteRuns(payment, index + 1, writer);
        writer.WriteEndObject();
    }
}
