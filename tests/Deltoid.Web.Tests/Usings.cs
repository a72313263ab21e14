global using Deltoid.Tests;
global using Xunit;
