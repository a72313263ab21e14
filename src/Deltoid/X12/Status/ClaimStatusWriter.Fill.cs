using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Values;
using Deltoid.X12.Guides;

namespace Deltoid.X12.Status;

/// <summary>What each segment of a 277CA is written from.</summary>
internal sealed partial class ClaimStatusWriter
{
    static readonly byte[][] Levels = [[.. "20"u8], [.. "21"u8], [.. "19"u8], [.. "PT"u8]],
        Roles = [[.. "AY"u8], [.. "41"u8], [.. "85"u8], [.. "QC"u8]];

    private protected override void Fill(SegmentRow row)
    {
        var owner = (StatusOwner)row.Owner;
        switch ((StatusAction)row.Action)
        {
            case StatusAction.Start:
                Usual("277"u8);
                Put(status[status.Control], "0001"u8);
                Usual(Encoding.ASCII.GetBytes(Guide.Set.Versions[0]));
                break;
            case StatusAction.Head: FillHead(); break;
            case StatusAction.Level: FillLevel(owner); break;
            case StatusAction.Name: FillName(owner); break;
            case StatusAction.Trace: FillTrace(owner); break;
            case StatusAction.Received: FillDay("050"u8, status.Received); break;
            case StatusAction.Processed: FillDay("009"u8, status.Processed); break;
            case StatusAction.Status: FillStatus(owner); break;
            case StatusAction.Count:
                Usual(KeyOf(row));
                Put(CountOf(row, owner));
                break;
            case StatusAction.Charge:
                Usual(KeyOf(row));
                Put(ChargeOf(row, owner));
                break;
            case StatusAction.PayerControl: FillNumber("1K"u8, Claim.PayerControl); break;
            case StatusAction.ClearinghouseControl: FillNumber("D9"u8, Claim.ClearinghouseControl); break;
            case StatusAction.BillType: FillNumber("BLT"u8, Claim.BillType); break;
            case StatusAction.Days:
                FillDays(owner == StatusOwner.Line ? (Line.From, Line.Thru) : (Claim.From, Claim.Thru));
                break;
            case StatusAction.Line: FillLine(); break;
            case StatusAction.Control: FillNumber("FJ"u8, Line.Control); break;
            case StatusAction.Prescription: FillNumber("XZ"u8, Line.Prescription); break;
            case StatusAction.End:
                Made(Output.Segments + 1);
                Put(status[status.Control], "0001"u8);
                break;
        }
    }

    static byte[] KeyOf(SegmentRow row)
    {
        Span<byte> text = stackalloc byte[Code.MaxLength];
        return text[..new Code(row.Keys[0]).Write(text)].ToArray();
    }

    void FillHead()
    {
        Usual("0085"u8);
        Usual("08"u8);
        Put(status[status.Number]);
        Put(status.Made);
        Put(status[status.Time]);
        Usual("TH"u8);
    }

    /// <summary>
    /// HL: its number, that of the level above, what it is, whether one stands below; no patient has one.
    /// </summary>
    void FillLevel(StatusOwner owner)
    {
        Made(++level);
        numbers[(int)owner] = level;
        if (owner == StatusOwner.Source) Pass();
        else Made(numbers[(int)owner - 1]);
        Usual(Levels[(int)owner]);
        var hasBelow = owner switch
        {
            StatusOwner.Source => true,
            StatusOwner.File => status.Providers.Count > 0,
            StatusOwner.Provider => Provider.ClaimCount > 0,
            _ => false
        };
        if (owner != StatusOwner.Claim) Usual(hasBelow ? "1"u8 : "0"u8);
    }

    void FillName(StatusOwner owner)
    {
        ref readonly var name = ref NameOf(owner);
        Put(name.Role, Roles[(int)owner]);
        Usual(owner == StatusOwner.Claim || !name.First.IsEmpty ? "1"u8 : "2"u8);
        Put(status[name.Name]);
        Put(status[name.First]);
        Put(status[name.Middle]);
        Pass();
        Put(status[name.Suffix]);
        Put(status[name.IdKind]);
        Put(status[name.Id]);
    }

    ref readonly NamedParty NameOf(StatusOwner owner)
    {
        switch (owner)
        {
            case StatusOwner.Source: return ref status.SaidBy;
            case StatusOwner.File: return ref status.Submitter;
            case StatusOwner.Provider: return ref Provider.Name;
            default: return ref status.Claims.Span[claim + 1].Patient; // the level stands before its claims
        }
    }

    TextRange TraceOf(StatusOwner owner) => owner switch
    {
        StatusOwner.Source => status.SourceTrace,
        StatusOwner.File => status.Batch,
        StatusOwner.Provider => Provider.Trace,
        _ => Claim.Id
    };

    void FillTrace(StatusOwner owner)
    {
        Usual(owner is StatusOwner.Source or StatusOwner.Provider ? "1"u8 : "2"u8);
        Put(status[TraceOf(owner)], owner == StatusOwner.Provider ? "0"u8 : default);
    }

    void FillDay(ReadOnlySpan<byte> kind, DateOnly day)
    {
        if (IsKept && !PeekFirst().SequenceEqual(kind)) return;
        Usual(kind);
        Usual("D8"u8);
        Put(day);
    }

    void FillDays((DateOnly From, DateOnly Thru) days)
    {
        if (IsKept && !PeekFirst().SequenceEqual("472"u8)) return; // of another kind: as it was kept
        Usual("472"u8);
        var form = NextOfTemplate();
        var kept = NextOfTemplate();
        var isSame = days.Thru == default
            ? ElementForms.TryDay(kept, out var day) && day == days.From
            : ElementForms.TrySpan(kept, out var from, out var thru) && (from, thru) == days;
        if (days.From == default || isSame)
        {
            Raw(form);
            Raw(kept);
        }
        else if (days.Thru == default)
        {
            Output.Text("D8"u8);
            Output.Day(days.From);
        }
        else
        {
            Output.Text("RD8"u8);
            Output.Days(days.From, days.Thru);
        }
    }

    void FillNumber(ReadOnlySpan<byte> kind, TextRange number)
    {
        Usual(kind);
        Put(status[number]);
    }

    void FillLine()
    {
        Put(Line.Procedure);
        Put(Line.Charge);
        Pass();
        if (Line.Procedure.Kind == Revenue) Pass();
        else Put(Line.RevenueCode);
        Pass(2);
        Put(Line.Units);
    }

    static readonly Code Revenue = Code.Of("NU");

    void FillStatus(StatusOwner owner)
    {
        var one = status.Statuses[RunOf(owner).First + statuses[(int)owner]++];
        PutStatus(one.First);
        Put(one.Day);
        Put(one.Action);
        Put(one.Charge);
        Pass(5);
        PutStatus(one.Second);
        PutStatus(one.Third);
        Put(status[one.Words]);
    }

    /// <summary>Category, code and entity; kept where it says the same.</summary>
    void PutStatus(StatusCode code)
    {
        var kept = NextOfTemplate();
        if (code.IsNone || Says(kept, code))
        {
            Raw(kept);
            return;
        }
        Output.Text(code.Category);
        Output.Component(code.Code);
        Output.Component(code.Entity);
    }

    bool Says(ReadOnlySpan<byte> kept, StatusCode code) =>
        IsOf(NextPart(ref kept), code.Category) && IsOf(NextPart(ref kept), code.Code)
            && IsOf(NextPart(ref kept), code.Entity);
}
