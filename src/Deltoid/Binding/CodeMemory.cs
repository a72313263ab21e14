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
    const int LineBits = 13, DiagnosisBits = 11, PackageBits = 8, ModifierBits = 8;

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

    /// <summary>What its table says of a diagnosis; <see cref="DiagnosisStanding.Valid"/> where nothing is wrong.</summary>
    readonly record struct Diagnosis(ulong Code, DiagnosisTable? Table, DiagnosisStanding Standing);

    Known[] lines = [];
    Diagnosis[] diagnoses = [];
    Package[] packages = [];
    (Modifier Modifier, DateOnly Day)[] modifiers = [];
    (Code Place, DateOnly Day, PlaceRow? Row) place;
    CodeBook? book;

    /// <summary>Begins a claim; another book says other things.</summary>
    public void Use(CodeBook of)
    {
        if (of == book) return;
        book = of;
        lines = new Known[(1 << LineBits) + Probes];
        (diagnoses, packages) = (new Diagnosis[1 << DiagnosisBits], new Package[1 << PackageBits]);
        (modifiers, place) = (new (Modifier, DateOnly)[1 << ModifierBits], default);
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

    /// <summary>What was found of a diagnosis in a table; null of one that is not kept.</summary>
    public DiagnosisStanding? StandingOf(DiagnosisTable table, Code diagnosis) =>
        diagnoses[Slot(diagnosis.Packed, DiagnosisBits)] is var known && known.Code == diagnosis.Packed
            && known.Table == table ? known.Standing : null;

    public void Keep(DiagnosisTable table, Code diagnosis, DiagnosisStanding standing) =>
        diagnoses[Slot(diagnosis.Packed, DiagnosisBits)] = new(diagnosis.Packed, table, standing);

    /// <summary>Whether a modifier was found to be in force on a day.</summary>
    public bool IsInForce(Modifier modifier, DateOnly day) =>
        modifiers[Slot(modifier.Packed, ModifierBits)] == (modifier, day);

    public void KeepInForce(Modifier modifier, DateOnly day) =>
        modifiers[Slot(modifier.Packed, ModifierBits)] = (modifier, day);

    /// <summary>The row of a place of service on a day; null where it has none. The last one is kept.</summary>
    public PlaceRow? PlaceOf(Code code, DateOnly day)
    {
        if (place.Place != code || place.Day != day) place = (code, day, book!.Place(code, day));
        return place.Row;
    }

    /// <summary>Whether a package was found to be billed with a code on a day.</summary>
    public bool Agree(Ndc ndc, Code code, DateOnly day) =>
        packages[SlotOf(ndc, code, day)] == new Package(ndc, code, day);

    public void KeepAgreed(Ndc ndc, Code code, DateOnly day) => packages[SlotOf(ndc, code, day)] = new(ndc, code, day);

    static int SlotOf(Ndc ndc, Code code, DateOnly day) =>
        Slot(ndc.Digits ^ code.Packed ^ ((ulong)day.DayNumber << 40), PackageBits);

    // the high bits of a hash, whose product is meant to wrap
    static int Slot(ulong key, int bits) => (int)(unchecked(key * 0x9E3779B97F4A7C15) >> (64 - bits));
}
