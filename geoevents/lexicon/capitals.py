"""Which city is the capital of a country?

By ISO 3166-1 alpha-2 code, under the name that gazetteers carry. Where seat and capital differ, or
the capital is disputed, it is the city that reports mean by "the capital".
"""

from __future__ import annotations

__all__ = ["CAPITALS"]

_LISTED = """
AE Abu Dhabi|AF Kabul|AL Tirana|AM Yerevan|AO Luanda|AR Buenos Aires|AT Vienna|AU Canberra|AZ Baku|BA Sarajevo
BB Bridgetown|BD Dhaka|BE Brussels|BF Ouagadougou|BG Sofia|BH Manama|BI Bujumbura|BJ Porto-Novo|BN Bandar Seri Begawan
BO La Paz|BR Brasília|BS Nassau|BT Thimphu|BW Gaborone|BY Minsk|BZ Belmopan|CA Ottawa|CD Kinshasa|CF Bangui
CG Brazzaville|CH Bern|CI Yamoussoukro|CL Santiago|CM Yaoundé|CN Beijing|CO Bogotá|CR San José|CU Havana|CV Praia
CY Nicosia|CZ Prague|DE Berlin|DJ Djibouti|DK Copenhagen|DO Santo Domingo|DZ Algiers|EC Quito|EE Tallinn|EG Cairo
ER Asmara|ES Madrid|ET Addis Ababa|FI Helsinki|FJ Suva|FR Paris|GA Libreville|GB London|GE Tbilisi|GH Accra
GM Banjul|GN Conakry|GQ Malabo|GR Athens|GT Guatemala City|GW Bissau|GY Georgetown|HN Tegucigalpa|HR Zagreb
HT Port-au-Prince|HU Budapest|ID Jakarta|IE Dublin|IN New Delhi|IQ Baghdad|IR Tehran|IS Reykjavík|IT Rome|JM Kingston
JO Amman|JP Tokyo|KE Nairobi|KG Bishkek|KH Phnom Penh|KM Moroni|KP Pyongyang|KR Seoul|KW Kuwait City|KZ Astana
LA Vientiane|LB Beirut|LK Colombo|LR Monrovia|LS Maseru|LT Vilnius|LU Luxembourg|LV Riga|LY Tripoli|MA Rabat
MD Chișinău|ME Podgorica|MG Antananarivo|MK Skopje|ML Bamako|MM Naypyidaw|MN Ulaanbaatar|MR Nouakchott|MT Valletta
MU Port Louis|MV Malé|MW Lilongwe|MX Mexico City|MY Kuala Lumpur|MZ Maputo|NA Windhoek|NE Niamey|NG Abuja|NI Managua
NL Amsterdam|NO Oslo|NP Kathmandu|NZ Wellington|OM Muscat|PA Panama City|PE Lima|PG Port Moresby|PH Manila
PK Islamabad|PL Warsaw|PT Lisbon|PY Asunción|QA Doha|RO Bucharest|RS Belgrade|RU Moscow|RW Kigali|SA Riyadh
SB Honiara|SC Victoria|SD Khartoum|SE Stockholm|SG Singapore|SI Ljubljana|SK Bratislava|SL Freetown|SN Dakar
SO Mogadishu|SR Paramaribo|SS Juba|ST São Tomé|SV San Salvador|SY Damascus|SZ Mbabane|TD N'Djamena|TG Lomé
TH Bangkok|TJ Dushanbe|TL Dili|TM Ashgabat|TN Tunis|TR Ankara|TT Port of Spain|TW Taipei|TZ Dodoma|UA Kyiv
UG Kampala|US Washington|UY Montevideo|UZ Tashkent|VE Caracas|VN Hanoi|XK Pristina|YE Sanaa|ZA Pretoria|ZM Lusaka
ZW Harare
"""

CAPITALS: dict[str, str] = {
    entry[:2]: entry[3:] for line in _LISTED.split("\n") for entry in line.strip().split("|") if entry
}
"""The name of each country's capital; countries without an undisputed one are left out."""
