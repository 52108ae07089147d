#!/usr/bin/env bash
# Packs the extension into a .vsix, which is a zip with a manifest. Needs python3, and no network.
# Usage: package.sh [FILE]
set -euo pipefail
cd "$(dirname "$0")"
python3 - "${1:-}" <<'PYTHON'
import json, sys, zipfile
from xml.sax.saxutils import escape, quoteattr

package = json.load(open("package.json", encoding="utf-8"))
out = sys.argv[1] or f"biz-{package['version']}.vsix"
files = ["package.json", "README.md", "LICENSE", "extension.js", "language-configuration.json", "syntaxes/biz.tmLanguage.json", "snippets/biz.json"]
types = {".json": "application/json", ".md": "text/markdown", ".txt": "text/plain", ".js": "application/javascript", ".vsixmanifest": "text/xml"}

content_types = '<?xml version="1.0" encoding="utf-8"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
content_types += "".join(f"<Default Extension={quoteattr(end)} ContentType={quoteattr(kind)}/>" for end, kind in types.items())
content_types += "</Types>\n"

manifest = f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id={quoteattr(package["name"])} Version={quoteattr(package["version"])} Publisher={quoteattr(package["publisher"])}/>
    <DisplayName>{escape(package["displayName"])}</DisplayName>
    <Description xml:space="preserve">{escape(package["description"])}</Description>
    <Tags>biz</Tags>
    <Categories>{escape(",".join(package["categories"]))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value={quoteattr(package["engines"]["vscode"])}/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionDependencies" Value=""/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionPack" Value=""/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
"""

with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as vsix:
    def add(name, content):
        # One date for all: the same files give the same bytes.
        vsix.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    add("[Content_Types].xml", content_types)
    add("extension.vsixmanifest", manifest)
    for name in files:
        add(f"extension/{name.replace('LICENSE', 'LICENSE.txt')}", open(name, "rb").read())
print(out)
PYTHON
