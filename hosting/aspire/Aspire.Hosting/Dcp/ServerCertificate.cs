using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The certificate DCP's API server uses. DCP would make one itself, but with RSA keys, which takes it one to eight seconds on two cores;
/// handing it an elliptic-curve one brings its start down to a quarter of a second.
/// </summary>
internal sealed class ServerCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;

    private ServerCertificate(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        _certificate = certificate;
        CertificatePath = certificatePath;
        KeyPath = keyPath;
    }

    public string CertificatePath { get; }

    public string KeyPath { get; }

    public string Thumbprint => _certificate.GetCertHashString(HashAlgorithmName.SHA1);

    public static ServerCertificate Create(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        names.AddIpAddress(System.Net.IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));

        var certificatePath = Path.Combine(folder, "server.crt");
        var keyPath = Path.Combine(folder, "server.key");
        File.WriteAllText(certificatePath, certificate.ExportCertificatePem());
        // The folder is readable by its owner only, and so is the key in it.
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return new ServerCertificate(certificate, certificatePath, keyPath);
    }

    public void Dispose() => _certificate.Dispose();
}
