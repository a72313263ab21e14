using Deltoid.Pages;
using Deltoid.Pages.Site;

// site FOLDER ENGINE: makes the site of static files (scripts/site runs it).
if (args is ["site", var folder, var engine])
{
    new SiteMaker(PageFiles.Root(), engine).Make(folder);
    return 0;
}

// Writes every generated file of the repository that is stale. ./write runs this, and once more where it ends with 3.
const int RegistrationIsNew = 3;

var root = PageFiles.Root();
var (registrationPath, registration) = Generated.Registration(root);
if (Generated.IsStale(registrationPath, registration))
{
    Write(registrationPath, registration);
    return RegistrationIsNew;
}
foreach (var (path, text) in Generated.Files(root))
    if (Generated.IsStale(path, text)) Write(path, text);
foreach (var fault in Generated.CoverageOf(root).Faults()) Console.Error.WriteLine(fault);
return 0;

void Write(string path, string text)
{
    File.WriteAllText(path, text);
    Console.WriteLine($"{Path.GetRelativePath(root, path)} is new");
}
