using System.Runtime.InteropServices;
using Deltoid.Codes;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Binding;

/// <summary>
/// What one worker found in its code book lately: claims name the same codes again and again, and these few fit the
/// near memory, which a book does not. What is kept names the days for which it holds, so it changes nothing that is
/// found; the rest is looked up each time. Of line codes a number is kept, and then all are forgotten; a diagnosis, a
/// modifier or a package has one slot, which a newer one takes.
/// </summary>
internal sealed class CodeMemory
{
    const int LineBits = 14, DiagnosisBits = 12, PackageBits = 8, ModifierBits = 8, ClassBits = 6;

    /// <summary>Line codes that are kept: a quarter of the slots, so that most are found in the first one.</summary>
    const int MostLines = 1 << (LineBits - 2);

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

    /// <summary>As what the giving of a code's drugs counts for a payer on a day.</summary>
    readonly record struct Class(Code Code, DateOnly Day, PayerProfile? Payer, bool HasNeoplasm, DrugClass Of);

    ushort[] slots = []; // by the hash, one after another: the index of what is known of a line's code + 1, or 0
    Known[] lines = [];
    int count;
    ulong[] diagnoses = []; // of seven characters at most, and their standing in the lowest byte
    DiagnosisTable? diagnosesOf;
    Package[] packages = [];
    (Modifier Modifier, DateRange Days)[] modifiers = [];
    (Code Place, DateOnly Day, PlaceRow? Row) place;
    Class[] classes = [];
    CodeBook? book;

    /// <summary>Begins a claim; another book says other things.</summary>
    public void Use(CodeBook of)
    {
        if (of == book) return;
        book = of;
        (slots, lines, count) = (new ushort[1 << LineBits], new Known[1 << 8], 0);
        (diagnoses, diagnosesOf, packages) = (new ulong[1 << DiagnosisBits], null, new Package[1 << PackageBits]);
        (modifiers, place) = (new (Modifier, DateRange)[1 << ModifierBits], default);
        classes = new Class[1 << ClassBits];
    }

    /// <summary>What is known of a line's code, on no day yet of a new one; see <see cref="IsOn"/>.</summary>
    public ref Known LineOf(Code code)
    {
        var all = slots;
        for (var at = Slot(code.Packed, LineBits);; at = (at + 1) & (all.Length - 1))
        {
            if (all[at] == 0) return ref Begin(code, ref all[at]);
            ref var known = ref lines[all[at] - 1];
            if (known.Code == code.Packed) return ref known;
        }
    }

    ref Known Begin(Code code, ref ushort slot)
    {
        if (count == MostLines)
        {
            Array.Clear(slots);
            count = 0;
        }
        if (count == lines.Length) Array.Resize(ref lines, count * 4);
        slot = (ushort)(count + 1);
        ref var known = ref lines[count++];
        known = new() { Code = code.Packed, FromDay = int.MaxValue };
        return ref known;
    }

    public static bool IsOn(in Known known, Code code, int day, bool outpatient) =>
        known.Code == code.Packed && known.FromDay <= day && day <= known.ThruDay && known.Outpatient == outpatient
            && !code.IsNone;

    /// <summary>What was found of a diagnosis in a table; null of one that is not kept.</summary>
    public DiagnosisStanding? StandingOf(DiagnosisTable table, Code diagnosis) =>
        diagnosesOf == table && diagnoses[Slot(diagnosis.Packed, DiagnosisBits)] is var known
            && (known ^ diagnosis.Packed) is > 0 and <= byte.MaxValue and var standing
            ? (DiagnosisStanding)standing
            : null;

    /// <summary>Keeps what was found of a diagnosis in a table; of several tables, in the last one.</summary>
    public void Keep(DiagnosisTable table, Code diagnosis, DiagnosisStanding standing)
    {
        if (diagnosesOf != table) Array.Clear(diagnoses);
        diagnosesOf = table;
        if (diagnosis.Length < Code.MaxLength) // else there is no room
            diagnoses[Slot(diagnosis.Packed, DiagnosisBits)] = diagnosis.Packed | (byte)standing;
    }

    /// <summary>Whether a modifier was found to be in force on a day.</summary>
    public bool IsInForce(Modifier modifier, DateOnly day) =>
        modifiers[Slot(modifier.Packed, ModifierBits)] is var known && known.Modifier == modifier
            && known.Days.Contains(day);

    public void KeepInForce(Modifier modifier, DateRange days) =>
        modifiers[Slot(modifier.Packed, ModifierBits)] = (modifier, days);

    /// <summary>The row of a place of service on a day; null where it has none. The last one is kept.</summary>
    public PlaceRow? PlaceOf(Code code, DateOnly day)
    {
        if (place.Place != code || place.Day != day) place = (code, day, book!.Place(code, day));
        return place.Row;
    }

    /// <summary>The class that was found of a code's drugs; null of one that is not kept.</summary>
    public DrugClass? ClassOf(Code code, DateOnly day, PayerProfile payer, bool hasNeoplasm) =>
        classes[Slot(code.Packed, ClassBits)] is var known && known.Code == code && known.Day == day
            && known.Payer == payer && known.HasNeoplasm == hasNeoplasm ? known.Of : null;

    public void KeepClass(Code code, DateOnly day, PayerProfile payer, bool hasNeoplasm, DrugClass of) =>
        classes[Slot(code.Packed, ClassBits)] = new(code, day, payer, hasNeoplasm, of);

    /// <summary>Whether a package was found to be billed with a code on a day.</summary>
    public bool Agree(Ndc ndc, Code code, DateOnly day) =>
        packages[SlotOf(ndc, code, day)] == new Package(ndc, code, day);

    public void KeepAgreed(Ndc ndc, Code code, DateOnly day) => packages[SlotOf(ndc, code, day)] = new(ndc, code, day);

    static int SlotOf(Ndc ndc, Code code, DateOnly day) =>
        Slot(ndc.Digits ^ code.Packed ^ ((ulong)day.DayNumber << 40), PackageBits);

    // the high bits of a hash, whose product is meant to wrap
    static int Slot(ulong key, int bits) => (int)(unchecked(key * 0x9E3779B97F4A7C15) >> (64 - bits));
}
