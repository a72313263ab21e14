using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Deltoid.Claims;
using Deltoid.Values;

namespace Deltoid.Answers;

/// <summary>
/// TA1: the verdict on an interchange. Control number, day (YYMMDD) and time are those of the interchange's ISA; the
/// fault is 000 when there is none.
/// </summary>
/// <param name="Verdict">A accepted, E accepted with faults, R rejected.</param>
internal sealed record InterchangeAcknowledgment(string Control, string Day, string Time, char Verdict, string Fault);

/// <summary>Up to five faults of a set or group (IK502 to IK506, AK905 to AK909).</summary>
[InlineArray(Max)]
internal struct FaultCodes
{
    public const int Max = 5;

    Code first;

    public readonly int Count
    {
        get
        {
            var count = 0;
            foreach (var code in this)
                if (!code.IsNone) count++;
            return count;
        }
    }
}

/// <summary>The verdict on one set of the group (AK2, IK5).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SetVerdict
{
    /// <summary>ST01 of the set.</summary>
    public Code Kind;
    /// <summary>ST02 of the set.</summary>
    public TextRange Control;
    /// <summary>ST03 of the set.</summary>
    public TextRange Guide;
    /// <summary>IK501: A accepted, E accepted with faults, R rejected; M, W, X of security.</summary>
    public char Verdict;
    public FaultCodes Faults;
    /// <summary>Its rejections in <see cref="Acknowledgment.Rejections"/>.</summary>
    public int FirstRejection, RejectionCount;

    public readonly bool IsAccepted => Verdict is 'A' or 'E';
}

/// <summary>What asked for a segment or element (CTX, situational trigger): where it stands.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Trigger
{
    public Code Segment;
    public int Ordinal;
    public TextRange Loop;
    public int Element, Component, Repeat;
}

/// <summary>One fault that a receiver found in a set: of a segment (IK3) or of an element in it (IK4).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Rejection
{
    /// <summary>IK301 and IK302: the segment's name, and its place in the set from ST = 1.</summary>
    public Code Segment;
    public int Ordinal;
    /// <summary>IK303.</summary>
    public TextRange Loop;
    /// <summary>IK304; 8 when an element is at fault.</summary>
    public Code Fault;
    /// <summary>IK401, from 1; 0 when the segment itself is at fault.</summary>
    public int Element, Component, Repeat;
    /// <summary>IK402: the data element's number.</summary>
    public TextRange Reference;
    /// <summary>IK403.</summary>
    public Code ElementFault;
    /// <summary>IK404. It may be a patient's; what is written here leaves it out.</summary>
    public TextRange Value;
    /// <summary>
    /// CTX01 of the segment: the kind (CLM01, TRN02 …) and number of the claim or other unit the segment is of.
    /// </summary>
    public TextRange UnitKind, UnitNumber;
    public Trigger Trigger;
    /// <summary>An element is at fault (IK4), though which one may not read.</summary>
    public bool OfElement;
    /// <summary>It is of the same segment (the same IK3) as the rejection before it.</summary>
    public bool Continues;
}

/// <summary>A 999: the verdict on one functional group, on each of its sets, and every fault that was found.</summary>
internal sealed class Acknowledgment : Answer
{
    /// <summary>ST02 of the 999 itself.</summary>
    public TextRange Control { get; set; }

    /// <summary>AK101: GS01 of the group.</summary>
    public Code Functional { get; set; }

    /// <summary>AK102: GS06 of the group.</summary>
    public TextRange GroupControl { get; set; }

    /// <summary>AK103: GS08 of the group.</summary>
    public TextRange GroupGuide { get; set; }

    /// <summary>
    /// AK901: A accepted, E accepted with faults, P in part, R rejected; M, W, X of security. NUL when it is not said.
    /// </summary>
    public char Verdict { get; set; }

    /// <summary>
    /// AK902 to AK904: sets the group announced, sets received, sets accepted; -1 when it is not said.
    /// </summary>
    public int Announced { get; set; } = -1;

    public int Received { get; set; } = -1;

    public int Accepted { get; set; } = -1;

    FaultCodes faults;

    /// <summary>AK905 to AK909.</summary>
    public ref FaultCodes Faults => ref faults;

    public RowList<SetVerdict> Sets { get; private set; } = new();

    public RowList<Rejection> Rejections { get; private set; } = new();

    public ReadOnlySpan<Rejection> RejectionsOf(in SetVerdict set) =>
        Rejections.Span.Slice(set.FirstRejection, set.RejectionCount);

    /// <summary>Adds a rejection to the last set.</summary>
    public ref Rejection Reject()
    {
        Rejections.Add(default);
        Sets.Span[^1].RejectionCount++;
        return ref Rejections.Span[^1];
    }

    /// <summary>Adds a set; rejections that follow are of it.</summary>
    public ref SetVerdict AddSet()
    {
        Sets.Add(new SetVerdict { FirstRejection = Rejections.Count });
        return ref Sets.Span[^1];
    }

    public override void Clear()
    {
        base.Clear();
        Sets.Clear();
        Rejections.Clear();
        Control = default;
        Functional = default;
        GroupControl = default;
        GroupGuide = default;
        Verdict = default;
        Announced = -1;
        Received = -1;
        Accepted = -1;
        faults = default;
    }

    /// <summary>A copy that owns its bytes.</summary>
    public Acknowledgment Detach() => (Acknowledgment)Copy();

    private protected override void OwnLists() => (Sets, Rejections) = (CopyOf(Sets), CopyOf(Rejections));

    private protected override void MoveTexts(Func<TextRange, TextRange> moved)
    {
        (Control, GroupControl, GroupGuide) = (moved(Control), moved(GroupControl), moved(GroupGuide));
        foreach (ref var set in Sets.Span) (set.Control, set.Guide) = (moved(set.Control), moved(set.Guide));
        foreach (ref var rejection in Rejections.Span)
        {
            (rejection.Loop, rejection.Reference, rejection.Value) = (moved(rejection.Loop), moved(rejection.Reference),
                moved(rejection.Value));
            (rejection.UnitKind, rejection.UnitNumber, rejection.Trigger.Loop) = (moved(rejection.UnitKind),
                moved(rejection.UnitNumber), moved(rejection.Trigger.Loop));
        }
    }
}
