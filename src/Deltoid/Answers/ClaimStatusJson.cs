using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Values;
using static Deltoid.Values.JsonOut;

namespace Deltoid.Answers;

/// <summary>Claim acknowledgments (277CA): providers, their claims, the lines that had a claim rejected.</summary>
internal static partial class ClaimStatusJson
{
    /// <inheritdoc cref="RemittanceJson.Read(ReadOnlyMemory{byte}, Remittance)"/>
    public static void Read(ReadOnlyMemory<byte> utf8, ClaimStatus status)
    {
        status.Clear();
        var json = new JsonInput(JsonInput.WithoutMark(utf8).Span);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(StatusSetFields, ref seen, out var name))
            switch (name)
            {
                case "control": status.Control = status.Append(json.TextBytes()); break;
                case "number": status.Number = status.Append(json.TextBytes()); break;
                case "made": status.Made = json.Date() ?? default; break;
                case "time": status.Time = status.Append(json.TextBytes()); break;
                case "source": status.SaidBy = ReadNamed(ref json, status); break;
                case "sourceTrace": status.SourceTrace = status.Append(json.TextBytes()); break;
                case "received": status.Received = json.Date() ?? default; break;
                case "processed": status.Processed = json.Date() ?? default; break;
                case "submitter": status.Submitter = ReadNamed(ref json, status); break;
                case "batch": status.Batch = status.Append(json.TextBytes()); break;
                case "statuses": ReadStatuses(ref json, status, ref status.FileStatuses); break;
                case "totals": status.Totals = ReadTotals(ref json); break;
                case "providers":
                    for (json.EnterArray(); json.NextItem();) ReadProvider(ref json, status);
                    break;
                case "separators": status.Delimiters = json.Separators(); break;
                case "other": KeptJson.Read(ref json, status); break;
            }
        json.Close();
    }

    static NamedParty ReadNamed(ref JsonInput json, ClaimStatus status)
    {
        var party = default(NamedParty);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(NamedFields, ref seen, out var name))
            switch (name)
            {
                case "role": party.Role = json.Code(); break;
                case "name": party.Name = status.Append(json.TextBytes()); break;
                case "first": party.First = status.Append(json.TextBytes()); break;
                case "middle": party.Middle = status.Append(json.TextBytes()); break;
                case "suffix": party.Suffix = status.Append(json.TextBytes()); break;
                case "idKind": party.IdKind = status.Append(json.TextBytes()); break;
                case "id": party.Id = status.Append(json.TextBytes()); break;
            }
        return party;
    }

    static StatusTotals ReadTotals(ref JsonInput json)
    {
        var totals = default(StatusTotals);
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(TotalFields, ref seen, out var name))
            switch (name)
            {
                case "accepted": totals.Accepted = json.Quantity(); break;
                case "rejected": totals.Rejected = json.Quantity(); break;
                case "acceptedCharge": totals.AcceptedCharge = json.Money(); break;
                case "rejectedCharge": totals.RejectedCharge = json.Money(); break;
            }
        return totals;
    }

    static void ReadStatuses(ref JsonInput json, ClaimStatus status, ref StatusRun run)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            ref var one = ref status.AddStatus(ref run);
            ulong seen = 0;
            json.EnterObject();
            while (json.NextField(StatusFields, ref seen, out var name))
                switch (name)
                {
                    case "codes": ReadStatusCodes(ref json, ref one); break;
                    case "day": one.Day = json.Date() ?? default; break;
                    case "action": one.Action = json.Code(); break;
                    case "charge": one.Charge = json.Money(); break;
                    case "words": one.Words = status.Append(json.TextBytes()); break;
                }
        }
    }

    static void ReadStatusCodes(ref JsonInput json, ref StatusInfo status)
    {
        var count = 0;
        for (json.EnterArray(); json.NextItem(); count++)
        {
            var code = default(StatusCode);
            ulong seen = 0;
            json.EnterObject();
            while (json.NextField(StatusCodeFields, ref seen, out var name))
                code = name switch
                {
                    "category" => code with { Category = json.Code() },
                    "code" => code with { Code = json.Code() },
                    _ => code with { Entity = json.Code() }
                };
            switch (count)
            {
                case 0: status.First = code; break;
                case 1: status.Second = code; break;
                case 2: status.Third = code; break;
                default: throw json.Wrong("a status has at most three codes", "begin another status");
            }
        }
    }

    static void ReadProvider(ref JsonInput json, ClaimStatus status)
    {
        ref var provider = ref status.AddProvider();
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(ProviderFields, ref seen, out var name))
            switch (name)
            {
                case "provider": provider.Name = ReadNamed(ref json, status); break;
                case "trace": provider.Trace = status.Append(json.TextBytes()); break;
                case "statuses": ReadStatuses(ref json, status, ref provider.Statuses); break;
                case "totals": provider.Totals = ReadTotals(ref json); break;
                case "claims":
                    for (json.EnterArray(); json.NextItem();) ReadStatusClaim(ref json, status);
                    break;
            }
    }

    static void ReadStatusClaim(ref JsonInput json, ClaimStatus status)
    {
        ref var claim = ref status.AddClaim();
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(StatusClaimFields, ref seen, out var name))
            switch (name)
            {
                case "patient": claim.Patient = ReadNamed(ref json, status); break;
                case "samePatient": claim.Continues = json.Bool(); break;
                case "id": claim.Id = status.Append(json.TextBytes()); break;
                case "statuses": ReadStatuses(ref json, status, ref claim.Statuses); break;
                case "payerControl": claim.PayerControl = status.Append(json.TextBytes()); break;
                case "clearinghouseControl": claim.ClearinghouseControl = status.Append(json.TextBytes()); break;
                case "billType": claim.BillType = status.Append(json.TextBytes()); break;
                case "from": claim.From = json.Date() ?? default; break;
                case "thru": claim.Thru = json.Date() ?? default; break;
                case "lines":
                    for (json.EnterArray(); json.NextItem();) ReadStatusLine(ref json, status);
                    break;
            }
    }

    static void ReadStatusLine(ref JsonInput json, ClaimStatus status)
    {
        ref var line = ref status.AddLine();
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(StatusLineFields, ref seen, out var name))
            switch (name)
            {
                case "procedure": line.Procedure = ProcedureJson.Read(ref json, status); break;
                case "revenueCode": line.RevenueCode = json.Code(); break;
                case "charge": line.Charge = json.Money(); break;
                case "units": line.Units = json.Quantity(); break;
                case "statuses": ReadStatuses(ref json, status, ref line.Statuses); break;
                case "control": line.Control = status.Append(json.TextBytes()); break;
                case "prescription": line.Prescription = status.Append(json.TextBytes()); break;
                case "from": line.From = json.Date() ?? default; break;
                case "thru": line.Thru = json.Date() ?? default; break;
            }
    }

    /// <summary>Writes one claim acknowledgment object.</summary>
    public static void Write(ClaimStatus status, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "control", status[status.Control]);
        WriteText(writer, "number", status[status.Number]);
        WriteDay(writer, "made", status.Made);
        WriteText(writer, "time", status[status.Time]);
        WriteNamed(status, "source", status.SaidBy, writer);
        WriteText(writer, "sourceTrace", status[status.SourceTrace]);
        WriteDay(writer, "received", status.Received);
        WriteDay(writer, "processed", status.Processed);
        WriteNamed(status, "submitter", status.Submitter, writer);
        WriteText(writer, "batch", status[status.Batch]);
        WriteStatuses(status, status.FileStatuses, writer);
        WriteTotals(status.Totals, writer);
        writer.WriteStartArray("providers");
        foreach (ref readonly var provider in status.Providers.Span) WriteProvider(status, provider, writer);
        writer.WriteEndArray();
        KeptJson.Write(status, writer);
        writer.WriteEndObject();
    }

    static void WriteNamed(ClaimStatus status, string name, in NamedParty party, Utf8JsonWriter writer)
    {
        if (party.IsNone) return;
        writer.WriteStartObject(name);
        WriteCode(writer, "role", party.Role);
        WriteText(writer, "name", status[party.Name]);
        WriteText(writer, "first", status[party.First]);
        WriteText(writer, "middle", status[party.Middle]);
        WriteText(writer, "suffix", status[party.Suffix]);
        WriteText(writer, "idKind", status[party.IdKind]);
        WriteText(writer, "id", status[party.Id]);
        writer.WriteEndObject();
    }

    static void WriteTotals(in StatusTotals totals, Utf8JsonWriter writer)
    {
        if (totals is { Accepted: null, Rejected: null, AcceptedCharge: null, RejectedCharge: null }) return;
        writer.WriteStartObject("totals");
        WriteQuantity(writer, "accepted", totals.Accepted);
        WriteQuantity(writer, "rejected", totals.Rejected);
        WriteMoney(writer, "acceptedCharge", totals.AcceptedCharge);
        WriteMoney(writer, "rejectedCharge", totals.RejectedCharge);
        writer.WriteEndObject();
    }

    static void WriteStatuses(ClaimStatus status, StatusRun run, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("statuses");
        foreach (ref readonly var one in status.StatusesOf(run))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("codes");
            var count = !one.Third.IsNone ? 3 : !one.Second.IsNone ? 2 : one.First.IsNone ? 0 : 1;
            for (var i = 0; i < count; i++)
                WriteStatusCode(i == 0 ? one.First : i == 1 ? one.Second : one.Third, writer);
            writer.WriteEndArray();
            WriteDay(writer, "day", one.Day);
            WriteCode(writer, "action", one.Action);
            WriteMoney(writer, "charge", one.Charge);
            WriteText(writer, "words", status[one.Words]);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    static void WriteStatusCode(StatusCode code, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteCode(writer, "category", code.Category);
        WriteCode(writer, "code", code.Code);
        WriteCode(writer, "entity", code.Entity);
        writer.WriteEndObject();
    }

    static void WriteProvider(ClaimStatus status, in ProviderStatus provider, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteNamed(status, "provider", provider.Name, writer);
        WriteText(writer, "trace", status[provider.Trace]);
        WriteStatuses(status, provider.Statuses, writer);
        WriteTotals(provider.Totals, writer);
        writer.WriteStartArray("claims");
        foreach (ref readonly var claim in status.ClaimsOf(provider)) WriteStatusClaim(status, claim, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteStatusClaim(ClaimStatus status, in StatusOfClaim claim, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "id", status[claim.Id]);
        WriteNamed(status, "patient", claim.Patient, writer);
        if (claim.Continues) writer.WriteBoolean("samePatient", true);
        WriteStatuses(status, claim.Statuses, writer);
        WriteText(writer, "payerControl", status[claim.PayerControl]);
        WriteText(writer, "clearinghouseControl", status[claim.ClearinghouseControl]);
        WriteText(writer, "billType", status[claim.BillType]);
        WriteDay(writer, "from", claim.From);
        WriteDay(writer, "thru", claim.Thru);
        writer.WriteStartArray("lines");
        foreach (ref readonly var line in status.LinesOf(claim)) WriteStatusLine(status, line, writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    static void WriteStatusLine(ClaimStatus status, in StatusOfLine line, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteText(writer, "control", status[line.Control]);
        ProcedureJson.Write(writer, "procedure", line.Procedure, status);
        WriteCode(writer, "revenueCode", line.RevenueCode);
        WriteMoney(writer, "charge", line.Charge);
        WriteQuantity(writer, "units", line.Units);
        WriteStatuses(status, line.Statuses, writer);
        WriteText(writer, "prescription", status[line.Prescription]);
        WriteDay(writer, "from", line.From);
        WriteDay(writer, "thru", line.Thru);
        writer.WriteEndObject();
    }
}
