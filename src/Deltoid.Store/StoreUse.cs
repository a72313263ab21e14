namespace Deltoid.Store;

/// <summary>Another program holds the store: it is served, or restored.</summary>
public sealed class StoreInUseException(string message) : Exception(message);

/// <summary>
/// Who uses the folder of a store. Programs that serve it share it; a restore has it alone. The system forgets a
/// program that was killed.
/// </summary>
public sealed class StoreUse : IDisposable
{
    const string Name = "in-use";

    readonly FileStream file;

    StoreUse(FileStream file) => this.file = file;

    /// <exception cref="StoreInUseException">It is being restored.</exception>
    public static StoreUse Share(string folder) => new(Open(folder, FileShare.ReadWrite)
        ?? throw new StoreInUseException("the store in this folder is being restored; start again when that is done"));

    /// <exception cref="StoreInUseException">A program serves it.</exception>
    public static StoreUse Alone(string folder) => new(Open(folder, FileShare.None)
        ?? throw new StoreInUseException("the application uses this folder; stop it first"));

    static FileStream? Open(string folder, FileShare share)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    public void Dispose() => file.Dispose();
}
