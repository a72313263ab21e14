using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Claims;

namespace Deltoid.Results;

/// <summary>Findings that are put together from the pieces of their plan.</summary>
public sealed partial class FindingsLines
{
    readonly Dictionary<(FindingInfo Info, int Kind), FindingPlan?> plans = [];
    readonly Dictionary<Arg, byte[]> words = [];
    readonly Dictionary<Place, byte[]> pointers = [];
    FindingInfo? lastInfo;
    int lastKind;
    FindingPlan? lastPlan;

    /// <summary>Every finding is rendered by the writer of JSON: for tests.</summary>
    internal bool IsCareful { get; set; }

    FindingPlan? PlanOf(in Finding finding, Claim claim)
    {
        if (IsCareful || claim.Origins.Count > 0) return null;
        var (place, isFacility) = (finding.Place, claim.Setting == Setting.Facility);
        var kind = ((int)finding.Severity << 24) | ((int)place.ClaimField << 16) | ((int)place.ChartField << 8)
            | (place.Part == Part.None ? 4 : 0) | (isFacility ? 2 : 0) | (place.Line > 0 ? 1 : 0);
        if (ReferenceEquals(finding.Info, lastInfo) && lastKind == kind) return lastPlan;
        if (!plans.TryGetValue((finding.Info, kind), out var plan))
            plans[(finding.Info, kind)] = plan = FindingPlan.Of(finding, claim.Setting);
        (lastInfo, lastKind, lastPlan) = (finding.Info, kind, plan);
        return plan;
    }

    void AddHead(FindingPlan plan, in Finding finding, Claim claim)
    {
        var index = claim.IndexOf(finding.Place.Line);
        Add(plan.Head);
        AddMessage(plan, finding, claim, index);
        Add("\",\"at\":\""u8);
        if (finding.Place.Line != 0)
        {
            Add("/lines/"u8);
            AddNumber(index >= 0 ? index : finding.Place.Line - 1);
        }
        Add(plan.At);
        AddItem(ClaimPlaces.Exact(finding, claim));
        Add("\",\"line\":"u8);
        if (finding.Place.Line > 0) AddNumber(finding.Place.Line);
        else Add("null"u8);
        Add(plan.Tail);
    }

    /// <summary>Of a list which one, where the place says it.</summary>
    void AddItem(in Place place)
    {
        if (place.Ordinal == 0 || place.ClaimField is Field.None) return;
        if (place.ClaimField == (place.Line == 0 ? Field.Id : Field.Lines)) return;
        Add("/"u8);
        AddNumber(place.Ordinal - 1);
    }

    void AddJoined(FindingPlan plan, in Finding finding, Claim claim)
    {
        Add(plan.JoinedHead);
        AddMessage(plan, finding, claim, claim.IndexOf(finding.Place.Line));
        Add("\"}"u8);
    }

    /// <summary>
    /// As <see cref="Sentence"/> makes it: the line, with its code unless the message names it, or the message with a
    /// capital; and its point.
    /// </summary>
    void AddMessage(FindingPlan plan, in Finding finding, Claim claim, int index)
    {
        var isOfLine = finding.Place.Line > 0;
        if (isOfLine)
        {
            Add("Line "u8);
            AddNumber(finding.Place.Line);
        }
        var subject = used;
        if (isOfLine) Add(": "u8);
        var start = used;
        AddPieces(plan.Message, finding);
        if (!isOfLine && used > start && line[start] is >= (byte)'a' and <= (byte)'z') line[start] -= 'a' - 'A';
        if (used == start || line[used - 1] is not ((byte)'.' or (byte)'?' or (byte)'!')) Add("."u8);
        if (isOfLine && index >= 0) NameCode(claim.Lines[index].Code, subject);
    }

    /// <summary>Puts a line's code after its number, unless it is in the text from there on.</summary>
    void NameCode(Values.Code code, int at)
    {
        if (code.IsNone) return;
        Span<byte> text = stackalloc byte[16];
        ", "u8.CopyTo(text);
        text = text[..(2 + code.Write(text[2..]))];
        if (line.AsSpan(at, used - at).IndexOf(text[2..]) >= 0) return;
        var end = used;
        Add(text);
        line.AsSpan(at, end - at).CopyTo(line.AsSpan(at + text.Length));
        text.CopyTo(line.AsSpan(at));
    }

    void AddFix(FindingPlan plan, in Finding finding, Claim claim)
    {
        Add(plan.FixHead);
        if (finding.Info.Fix is null) return;
        AddPieces(plan.FixText, finding);
        Add("\",\"changes\":["u8);
        AddChange(finding.First, claim);
        if (finding.First.Op != ChangeOp.None && finding.Second.Op != ChangeOp.None) Add(","u8);
        AddChange(finding.Second, claim);
        Add("]}"u8);
    }

    void AddChange(in Change change, Claim claim)
    {
        if (change.Op == ChangeOp.None) return;
        Add(change.Op switch
        {
            ChangeOp.Add => "{\"op\":\"add\",\"path\":\""u8,
            ChangeOp.Replace => "{\"op\":\"replace\",\"path\":\""u8,
            _ => "{\"op\":\"remove\",\"path\":\""u8,
        });
        Add(PointerOf(change.Place, claim));
        Add("\",\"value\":"u8);
        switch (change.Value.Kind)
        {
            case ArgKind.None:
                Add("null"u8);
                break;
            case ArgKind.Count or ArgKind.Minutes:
                AddNumber(change.Value.Value);
                break;
            case ArgKind.Quantity:
                AddArg(change.Value);
                break;
            default:
                Add("\""u8);
                AddArg(change.Value);
                Add("\""u8);
                break;
        }
        Add("}"u8);
    }

    /// <summary>The pointer of a change; kept where the line is at its own number.</summary>
    byte[] PointerOf(Place place, Claim claim)
    {
        var isOwn = place.Line == 0 || claim.IndexOf(place.Line) == place.Line - 1;
        if (isOwn && pointers.TryGetValue(place, out var known)) return known;
        var pointer = FindingPlan.Escaped(
            place.Part != Part.None ? Places.Pointer(place, claim) : Places.ClaimPointer(place, claim));
        if (!isOwn) return pointer;
        if (pointers.Count > MostKept) pointers.Clear();
        return pointers[place] = pointer;
    }

    /// <summary>A filled template, without blanks at its end.</summary>
    void AddPieces(FindingPlan.Piece[] pieces, in Finding finding)
    {
        var start = used;
        foreach (ref readonly var piece in pieces.AsSpan())
        {
            Add(piece.Text);
            if (piece.Slot != FindingPlan.Slot.None) AddSlot(piece, finding);
        }
        while (used > start && line[used - 1] == ' ') used--;
    }

    void AddSlot(in FindingPlan.Piece piece, in Finding finding)
    {
        switch (piece.Slot)
        {
            case FindingPlan.Slot.A: AddArg(finding.A); break;
            case FindingPlan.Slot.B: AddArg(finding.B); break;
            case FindingPlan.Slot.C: AddArg(finding.C); break;
            case FindingPlan.Slot.D: AddArg(finding.D); break;
            case FindingPlan.Slot.FurtherB: AddFurther(finding.B); break;
            case FindingPlan.Slot.FurtherC: AddFurther(finding.C); break;
            case FindingPlan.Slot.FurtherD: AddFurther(finding.D); break;
            case FindingPlan.Slot.At: AddElement(finding.Source.Element, finding.Source.Component); break;
            case FindingPlan.Slot.Line: AddNumber(finding.Place.Line); break;
            case FindingPlan.Slot.Other: AddNumber(finding.OtherLine); break;
            case FindingPlan.Slot.Codes: AddOr(finding.A, ArgKind.Row, ArgKind.Codes, piece.Otherwise); break;
            case FindingPlan.Slot.Remedy: AddOr(finding.D, ArgKind.Fault, ArgKind.Remedy, piece.Otherwise); break;
            case FindingPlan.Slot.Found when !finding.Found.IsNone:
                AddFound(finding.Found, piece.Otherwise);
                break;
            case FindingPlan.Slot.Fault: AddOr(finding.D, ArgKind.Fault, ArgKind.Fault, piece.Otherwise); break;
        }
    }

    void AddFound(in Excerpt found, ReadOnlySpan<byte> around)
    {
        var dots = around.IndexOf("…"u8);
        Add(around[..dots]);
        used += found.Write(Room(Excerpt.MostBytes));
        Add(around[(dots + "…"u8.Length)..]);
    }

    /// <summary>What a guide knows of an argument of a kind; other words where the finding does not have it.</summary>
    void AddOr(in Arg arg, ArgKind kind, ArgKind asked, byte[] otherwise)
    {
        var words = arg.Kind == kind ? WordsOf(arg with { Kind = asked }) : [];
        Add(words.Length > 0 ? words : otherwise);
    }

    void AddFurther(in Arg arg)
    {
        if (arg.Kind == ArgKind.None) return;
        Add(", "u8);
        AddArg(arg);
    }

    /// <summary>
    /// As <see cref="FindingText"/> says it; kinds that differ from finding to finding are written here.
    /// </summary>
    void AddArg(in Arg arg)
    {
        switch (arg.Kind)
        {
            case ArgKind.None or ArgKind.Trigger: break;
            case ArgKind.Code or ArgKind.Place: AddCode(new((ulong)arg.Value)); break;
            case ArgKind.Count: AddNumber(arg.Value); break;
            case ArgKind.Money: AddMoney(arg.Value); break;
            case ArgKind.Quantity: AddQuantity(arg.Value); break;
            case ArgKind.Date: AddDay(DateOnly.FromDayNumber((int)arg.Value)); break;
            default: Add(WordsOf(arg)); break;
        }
    }

    byte[] WordsOf(in Arg arg)
    {
        if (words.TryGetValue(arg, out var known)) return known;
        if (words.Count > MostKept) words.Clear();
        return words[arg] = FindingPlan.Escaped(FindingText.Of(arg, names));
    }

    void AddCode(Code code) => used += code.Write(Room(Code.MaxLength));

    void AddQuantity(long thousandths) => used += Digits.WriteScaled(thousandths, 3, Room(24));

    /// <summary>Two decimals, always.</summary>
    void AddMoney(long cents)
    {
        Add(cents < 0 ? "$-"u8 : "$"u8);
        var size = Int128.Abs(cents);
        AddNumber((long)(size / 100));
        var rest = (int)(size % 100);
        Add([(byte)'.', (byte)('0' + (rest / 10)), (byte)('0' + (rest % 10))]);
    }

    void AddDay(DateOnly day)
    {
        AddPadded(day.Year, 4);
        Add("-"u8);
        AddPadded(day.Month, 2);
        Add("-"u8);
        AddPadded(day.Day, 2);
    }

    void AddPadded(long number, int digits)
    {
        var room = Room(digits);
        for (var i = digits - 1; i >= 0; i--, number /= 10) room[i] = (byte)('0' + (number % 10));
        used += digits;
    }

    /// <summary>An element's place in its segment: <c>03</c>, <c>03-1</c>.</summary>
    void AddElement(int element, int component)
    {
        if (element == 0) return;
        if (element < 10) Add("0"u8);
        AddNumber(element);
        if (component == 0) return;
        Add("-"u8);
        AddNumber(component);
    }
}
