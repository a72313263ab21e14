using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;

namespace Deltoid.Bench;

/// <summary>
/// What the runtime counted while it ran (branches, and the types and methods at calls), as the compiler of native
/// programs reads it: an assembly (.mibc) whose methods name each counted method by a token and its counts by
/// constants.
/// </summary>
/// <remarks>
/// The runtime writes its counts as text with DOTNET_WritePGOData=1 and DOTNET_PGODataPath=FILE. Source of both
/// formats: dotnet/runtime, src/coreclr/vm/pgo.cpp and src/coreclr/tools/Common/Pgo/PgoFormat.cs. Methods of generic
/// types and constructors are left out: the first are compiled once for all references, which have no name in an
/// assembly.
/// </remarks>
[RequiresUnreferencedCode("Looks methods up by their names.")]
static class NativeProfile
{
    /// <summary>What the values of a record are: the lowest four bits of its kind.</summary>
    const int Numbers = 1, LongNumbers = 2, Types = 3, Methods = 4, ValueMask = 15;

    /// <summary>Before each record: offset, kind, count and other are all given, none is that of the record
    /// before.</summary>
    const int AllGiven = 15;

    const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    /// <summary>Those whose methods are looked up: ours, and the core of the runtime.</summary>
    static readonly Assembly[] Assemblies = [typeof(Scrubber).Assembly, typeof(object).Assembly];

    /// <param name="Offset">In bytes of the method's code.</param>
    /// <param name="Other">Where a branch goes, or flags of a call.</param>
    sealed record Record(int Kind, int Offset, int Other, List<string> Values);

    /// <param name="Size">Of the method's code, in bytes: it says which overload it is.</param>
    sealed record Counted(string Name, string Signature, int Size, List<Record> Records);

    /// <summary>Writes the profile of what the runtime counted.</summary>
    public static void Write(string counts, string target)
    {
        var name = Path.GetFileName(target);
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule(name);
        var all = Read(counts);
        var found = all.Select(static counted => (Method: Find(counted), Counted: counted))
            .Where(static pair => pair.Method is not null).DistinctBy(static pair => pair.Method).ToList();
        var groups = found.GroupBy(static pair => pair.Method!.Module.Assembly.GetName().Name!);
        var dictionary = Global(module, "AssemblyDictionary").GetILGenerator();
        foreach (var group in groups.OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var body = Global(module, "Assemblies_" + group.Key);
            foreach (var (method, counted) in group) Write(body.GetILGenerator(), method!, counted);
            dictionary.Emit(OpCodes.Ldstr, group.Key + ";");
            dictionary.Emit(OpCodes.Ldtoken, body);
            dictionary.Emit(OpCodes.Pop);
        }
        module.CreateGlobalFunctions();
        assembly.Save(target);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target}: {found.Count} of {all.Count} methods that were counted"));
    }

    static MethodBuilder Global(ModuleBuilder module, string name) =>
        module.DefineGlobalMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(void), []);

    static void Write(ILGenerator il, MethodInfo method, Counted counted)
    {
        il.Emit(OpCodes.Ldtoken, method);
        il.Emit(OpCodes.Ldstr, "InstrumentationDataStart");
        foreach (var record in counted.Records)
        {
            foreach (var number in (ReadOnlySpan<int>)
                [AllGiven, record.Offset, record.Kind, record.Values.Count, record.Other])
                il.Emit(OpCodes.Ldc_I4, number);
            foreach (var value in record.Values) WriteValue(il, record.Kind & ValueMask, value);
        }
        il.Emit(OpCodes.Ldstr, "InstrumentationDataEnd");
        il.Emit(OpCodes.Pop);
    }

    static void WriteValue(ILGenerator il, int kind, string value)
    {
        if (kind is Numbers or LongNumbers)
        {
            var number = long.Parse(value, CultureInfo.InvariantCulture);
            if (number is >= int.MinValue and <= int.MaxValue) il.Emit(OpCodes.Ldc_I4, (int)number);
            else il.Emit(OpCodes.Ldc_I8, number);
            return;
        }
        var name = value[(value.IndexOf(':', StringComparison.Ordinal) + 2)..]; // after "TypeHandle: "
        if (name == "NULL") il.Emit(OpCodes.Ldc_I4_0);
        else if (kind == Types && TypeNamed(name) is { } type) il.Emit(OpCodes.Ldtoken, type);
        else if (kind == Methods && MethodNamed(name) is { } method) il.Emit(OpCodes.Ldtoken, method);
        else il.Emit(OpCodes.Ldc_I4, Unknown(name));
    }

    /// <summary>What stands for a type without a token: known only to differ from others.</summary>
    static int Unknown(string name)
    {
        var hash = 17;
        foreach (var letter in name) hash = ((hash * 31) + letter) & 0xFFFFFF;
        return Math.Max(hash, 1);
    }

    static Type? TypeNamed(string name)
    {
        try { return Type.GetType(name); }
        catch (FileNotFoundException) { return null; } // of an assembly that is not loaded
    }

    /// <summary>A method as the runtime writes it: NAME|@|TYPE.</summary>
    static MethodInfo? MethodNamed(string name)
    {
        var parts = name.Split("|@|");
        if (parts.Length != 2 || TypeNamed(parts[1]) is not { IsGenericType: false } type) return null;
        var named = Array.FindAll(type.GetMethods(Any), m => m.Name == parts[0] && !m.IsGenericMethod);
        return named.Length == 1 ? named[0] : null;
    }

    static MethodInfo? Find(Counted counted)
    {
        var dot = counted.Name.LastIndexOf('.');
        var (owner, name) = (counted.Name[..dot], counted.Name[(dot + 1)..]);
        var parameters = ParametersOf(counted.Signature);
        foreach (var assembly in Assemblies)
        {
            if (assembly.GetType(owner) is not { IsGenericType: false } type) continue;
            var fits = Array.FindAll(type.GetMethods(Any), m => m.Name == name && !m.IsGenericMethod
                && m.GetParameters().Length == parameters && SizeOf(m) == counted.Size);
            if (fits.Length == 1) return fits[0];
        }
        return null;
    }

    static int SizeOf(MethodInfo method) => method.GetMethodBody()?.GetILAsByteArray()?.Length ?? -1;

    /// <summary>How many parameters a signature has: commas within brackets do not count.</summary>
    static int ParametersOf(string signature)
    {
        var list = signature[(signature.IndexOf('(', StringComparison.Ordinal) + 1)..];
        var (count, depth) = (list.StartsWith(')') ? 0 : 1, 0);
        foreach (var letter in list)
        {
            if (letter is '<' or '[' or '(') depth++;
            else if (letter is '>' or ']' or ')') depth--;
            else if (letter == ',' && depth == 0) count++;
        }
        return count;
    }

    /// <summary>The text of the runtime: for each method a line with its size, its name, its signature, and the
    /// records, each a line that ends before its values.</summary>
    static List<Counted> Read(string file)
    {
        var (all, size, name) = (new List<Counted>(), 0, "");
        foreach (var line in File.ReadLines(file))
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "***": break;
                case "@@@": size = Convert.ToInt32(words[6], 16); break;
                case "MethodName:": name = words[1]; break;
                case "Signature:": all.Add(new(name, line, size, [])); break;
                case "Schema":
                    all[^1].Records.Add(new(Number(words[2]), Number(words[4]), Number(words[8]), []));
                    break;
                default: all[^1].Records[^1].Values.Add(line); break;
            }
        }
        return all;
    }

    /// <summary>Flags fill all 32 bits.</summary>
    static int Number(string text) => unchecked((int)long.Parse(text, CultureInfo.InvariantCulture));
}
