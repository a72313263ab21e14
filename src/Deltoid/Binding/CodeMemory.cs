using System.Runtime.InteropServices;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Binding;

/// <summary>
/// What one worker found in its code book lately: claims name the same codes again and again, and these few fit the
/// near memory, which a book does not. What is kept names the days for which it holds, so it changes nothing that is
/// found; the rest is looked up each time. A line's code has one of a few slots, a diagnosis or package one; where they
/// are taken, a newer one takes the first.
/// </summary>
internal sealed class CodeMemory
{
    const int LineBits = 13, DiagnosisBits = 11, PackageBits = 8;

    /// <summary>In how many slots, one after another, a line's code may be.</summary>
    const int Probes = 4;

    /// <summary>A code's row, for the days on which it is the one in force; or that the book has none.</summary>
    [StructLayout(LayoutKind.Auto)]
    public struct Known
    {
        public ulong Code;
        public CodeGroups Groups;
        public int FromDay, ThruDay;
        /// <summary>Days on which the code has a unit limit in the table of the setting; there may be others.</summary>
        public int LimitFrom, LimitThru;
        public int Id;
        public CodeStanding Standing;
        public bool Outpatient;
        /// <summary>The table of the setting has no limit for the code, on whatever day.</summary>
        public bool HasNoLimit;
    }

    /// <summary>A package that a code was found to be billed with on a day.</summary>
    readonly record struct Package(Ndc Ndc, Code Code, DateOnly Day);

    Known[] lines = [];
    (ulong Code, DiagnosisTable? Table)[] diagnoses = [];
    Package[] packages = [];
    CodeBook? book;

    /// <summary>Begins a claim; another book says other things.</summary>
    public void Use(CodeBook of)
    {
        if (of == book) return;
        book = of;
        lines = new Known[(1 << LineBits) + Probes];
        (diagnoses, packages) = (new (ulong, DiagnosisTable?)[1 << DiagnosisBits], new Package[1 << PackageBits]);
    }

    /// <summary>The slot of a line's code; <see cref="IsOn"/> says whether the code is in it.</summary>
    public ref Known LineOf(Code code)
    {
        var slots = lines.AsSpan(Slot(code.Packed, LineBits), Probes);
        foreach (ref var known in slots)
            if (known.Code == code.Packed || known.Code == 0) return ref known;
        return ref slots[0];
    }

    public static bool IsOn(in Known known, Code code, int day, bool outpatient) =>
        known.Code == code.Packed && known.FromDay <= day && day <= known.ThruDay && known.Outpatient == outpatient
            && !code.IsNone;

    /// <summary>Whether nothing was found wrong with a diagnosis of the table.</summary>
    public bool IsFine(DiagnosisTable table, Code diagnosis) =>
        diagnoses[Slot(diagnosis.Packed, DiagnosisBits)] is var known && known.Code == diagnosis.Packed
            && known.Table == table;

    public void KeepFine(DiagnosisTable table, Code diagnosis) =>
        diagnoses[Slot(diagnosis.Packed, DiagnosisBits)] = (diagnosis.Packed, table);

    /// <summary>Whether a package was found to be billed with a code on a day.</summary>
    public bool Agree(Ndc ndc, Code code, DateOnly day) =>
        packages[SlotOf(ndc, code, day)] == new Package(ndc, code, day);

    public void KeepAgreed(Ndc ndc, Code code, DateOnly day) => packages[SlotOf(ndc, code, day)] = new(ndc, code, day);

    static int SlotOf(Ndc ndc, Code code, DateOnly day) =>
        Slot(ndc.Digits ^ code.Packed ^ ((ulong)day.DayNumber << 40), PackageBits);

    // the high bits of a hash, whose product is meant to wrap
    static int Slot(ulong key, int bits) => (int)(unchecked(key * 0x9E3779B97F4A7C15) >> (64 - bits));
}
